// Bun.write, and files that were written: what goes in, what comes out, and what is refused.

/** What it gives or throws, also by a promise. */
const seen = async (act) => {
  try {
    return await act();
  } catch (error) {
    return [error.name, error.code, error.message];
  }
};
const list = async (acts) => {
  const all = [];
  for (const act of acts) all.push(await seen(act));
  return Response.json(all);
};
const text = (name) => Bun.file(name).text();
const stream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue("one ");
      controller.enqueue(new TextEncoder().encode("two"));
      controller.close();
    },
  });

const SOURCES = {
  text: () => "blåbär",
  nothing: () => "",
  bytes: () => new Uint8Array([104, 105, 255]),
  memory: () => new TextEncoder().encode("memory").buffer,
  blob: () => new Blob(["a ", "blob"]),
  file: () => Bun.file("notes.txt"),
  missing: () => Bun.file("nowhere.txt"),
  response: () => new Response("response"),
  streamed: () => new Response(stream()),
  stream,
  request: () => new Request("http://localhost/", { method: "POST", body: "request" }),
  list: () => ["a", new Uint8Array([98])],
  params: () => new URLSearchParams("a=1"),
  number: () => 5,
  object: () => ({ a: 1 }),
  null: () => null,
  undefined: () => undefined,
};

export default {
  routes: {
    "/sources": () =>
      list(
        Object.entries(SOURCES).flatMap(([name, source]) => [
          () => Bun.write(`out-${name}.txt`, source()),
          () => text(`out-${name}.txt`),
        ]),
      ),
    "/places": () =>
      list([
        () => Bun.write(Bun.file("by-file.txt"), "1"),
        () => Bun.write(Buffer.from("by-bytes.txt"), "2"),
        () => Bun.write("./by-path.txt", "3"),
        async () => [
          await text("by-file.txt"),
          await text("by-bytes.txt"),
          await text("by-path.txt"),
        ],
        ...[undefined, null, {}, new Blob(["x"])].map((place) => () => Bun.write(place, "x")),
        () => Bun.write("", "x"),
      ]),
    "/life": async () => {
      // A new object each time: Bun keeps what it has once found of one.
      const file = () => Bun.file("life.json");
      const before = [await file().exists(), file().size];
      await Bun.write(file(), '{"a":1}');
      const during = [await file().exists(), file().size, await file().json(), file().type];
      const part = await file().slice(1, 4).text();
      const stats = await file().stat();
      await file().delete();
      const after = [await file().exists(), await seen(() => file().text())];
      const again = [await seen(() => file().delete()), await seen(() => file().stat())];
      return Response.json([before, during, part, stats.size, stats.isFile(), after, again]);
    },
    "/methods": () =>
      list([
        () => Bun.file("method.txt").write("by a method"),
        () => text("method.txt"),
        () => Bun.file("method.txt").unlink(),
        () => text("method.txt"),
      ]),
    "/writer": async () => {
      const writer = Bun.file("writer.txt").writer();
      const wrote = [writer.write("one, "), writer.write(new TextEncoder().encode("two"))];
      await writer.flush();
      const flushed = await text("writer.txt");
      writer.write(", three");
      await writer.end();
      return Response.json([wrote, flushed, await text("writer.txt")]);
    },
    "/page": async () => {
      await Bun.write("page.html", "<p>written</p>");
      return new Response(Bun.file("page.html"));
    },
    "/replace": async () => {
      await Bun.write("notes.txt", "replaced");
      return new Response(Bun.file("notes.txt"));
    },
    "/upload": {
      async POST(req) {
        const form = await req.formData();
        const upload = form.get("file");
        const length = await Bun.write(`upload-${upload.name}`, upload);
        return Response.json([length, await text(`upload-${upload.name}`)]);
      },
    },
  },
  fetch: () => new Response("nothing", { status: 404 }),
};
