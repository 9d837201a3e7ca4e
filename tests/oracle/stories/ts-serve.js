const json = { "content-type": "application/json" };

export default async function ({ get, ask }) {
  for (const path of ["/books", "/books/2", "/books/9", "/levels", "/shape", "/generic", "/none"]) {
    await get(path);
  }
  const books = [
    { id: 4, title: "Four", level: 6, tags: ["x"] },
    { no: "book" },
    { id: 5, level: "named", tags: [] },
  ];
  for (const [at, book] of [...books, { id: 6, level: 0, tags: [] }].entries()) {
    await ask("POST", "/books", { as: `book ${at}`, headers: json, body: JSON.stringify(book) });
  }
  await get("/shape", { as: "after" });
}
