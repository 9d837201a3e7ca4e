// Files that are no text: served by themselves, and read by Bun.file.
const logo = Bun.file("logo.png");

export default {
  routes: {
    "/copy": () => new Response(logo),
    "/part": () => new Response(logo.slice(1, 4)),
    "/written": async () => {
      await Bun.write("copy.png", logo);
      return new Response(Bun.file("copy.png"));
    },
    "/facts": async () =>
      Response.json([
        [logo.size, logo.type, await logo.exists()],
        [...(await logo.bytes())],
        (await logo.arrayBuffer()).byteLength,
        await logo.text(),
        Bun.hash(await logo.bytes()).toString(),
        [Bun.file("nul.bin").size, await Bun.file("nul.bin").text()],
      ]),
  },
  fetch: () => new Response("nothing here", { status: 404 }),
};
