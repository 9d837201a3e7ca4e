// The project's files: served by themselves, and read by Bun.file.
export default {
  routes: {
    "/route.txt": () => new Response("the route, not the file"),
    "/static": Bun.file("style.css"),
    "/static-response": new Response(Bun.file("words.txt"), { headers: { "X-A": "b" } }),
    "/none": Bun.file("none.txt"),
    "/asked": () => new Response(Bun.file("words.txt")),
    "/asked-status": () =>
      new Response(Bun.file("words.txt"), { status: 201, headers: { "Content-Type": "x/y" } }),
    "/asked-none": () => new Response(Bun.file("none.txt")),
    "/slice": () => new Response(Bun.file("words.txt").slice(4, 7)),
    "/facts": async () => {
      const file = Bun.file("./words.txt");
      const none = Bun.file("none.txt");
      return Response.json([
        [file.name, file.size, file.type, await file.exists(), file instanceof Blob],
        [await file.text(), (await file.bytes()).length, (await file.arrayBuffer()).byteLength],
        [none.size, none.type, await none.exists(), await none.text().catch((error) => error.code)],
        await Bun.file("value.json").json(),
        await new Response(file.stream()).text(),
        Bun.file("words.txt", { type: "text/x-own" }).type,
      ]);
    },
  },
  fetch(req) {
    return new Response(`fetch ${req.method} ${new URL(req.url).pathname}`, { status: 404 });
  },
};
