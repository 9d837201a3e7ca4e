// The table of what `bun:sqlite` gives and throws: each case is a step.

export default async function ({ get }) {
  const { body } = await get("/");
  for (const [table, names] of Object.entries(JSON.parse(body))) {
    for (const name of names) await get(`/${table}/${encodeURIComponent(name)}`);
  }
}
