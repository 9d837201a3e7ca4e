// Small things that published servers use: what Response refuses, direct streams, bodies in pieces, Buffer.
import { deepEquals, escapeHTML, randomUUIDv7, readableStreamToText, serve } from "bun";

const direct = (source) => new Response(new ReadableStream({ type: "direct", ...source }));
const name = (make) => {
  try {
    return make().constructor.name;
  } catch (error) {
    return error.name;
  }
};

serve({
  routes: {
    "/response": () =>
      Response.json(
        [undefined, null, {}, () => 1, "text", 201, true].map((init) =>
          name(() => new Response("body", init)),
        ),
      ),
    "/direct": () =>
      direct({
        async pull(controller) {
          controller.write("one ");
          await controller.flush();
          await Bun.sleep(2);
          controller.write(new TextEncoder().encode("two "));
          await Bun.sleep(2);
          controller.write("three");
          controller.close();
        },
      }),
    "/direct/open": () =>
      direct({ pull: async (controller) => void controller.write("left open") }),
    "/direct/read": async () => {
      const stream = new ReadableStream({
        type: "direct",
        pull: (it) => (it.write("read"), it.end()),
      });
      return new Response(
        `${await readableStreamToText(stream)} ${stream instanceof ReadableStream}`,
      );
    },
    "/pieces": {
      async POST(req) {
        const pieces = [];
        for await (const piece of req.body) pieces.push(piece.length);
        const whole = pieces.reduce((sum, length) => sum + length, 0);
        return Response.json([pieces.length > 1, whole]);
      },
    },
    "/buffer": () => {
      const buffer = Buffer.from("héllo, wörld");
      return Response.json([
        [buffer.length, buffer.toString("hex"), buffer.toString("base64"), `${buffer}`],
        [Buffer.from("aGk=", "base64").toString(), Buffer.from("6869", "hex").toString("latin1")],
        [Buffer.isBuffer(buffer), buffer instanceof Uint8Array, Buffer.byteLength("é")],
        [Buffer.concat([buffer, Buffer.alloc(2, 33)]).toString("utf8", 10), buffer.equals(buffer)],
        [buffer.subarray(0, 2), buffer.slice(1, 3).constructor.name, buffer.toString("base64url")],
      ]);
    },
    "/tools": () =>
      Response.json([
        deepEquals({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] }),
        deepEquals({ a: 1 }, { a: 1, b: undefined }),
        deepEquals({ a: 1 }, { a: 1, b: undefined }, true),
        deepEquals([1], { 0: 1 }),
        escapeHTML("<&>"),
        /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(randomUUIDv7()),
        Bun.fileURLToPath("file:///a%20b"),
        Bun.version.split(".").length,
        Bun.stripANSI("\u001b[31mred\u001b[0m"),
      ]),
    "/types": () => Response.json(["favicon.ico", "a.ICO"].map((file) => Bun.file(file).type)),
    "/proxies": () => {
      const traps = [];
      const trap = (kind) => () => void traps.push(kind);
      const handler = { get: trap("get"), ownKeys: trap("ownKeys"), has: trap("has") };
      handler.getOwnPropertyDescriptor = trap("descriptor");
      handler.getPrototypeOf = trap("prototype");
      const shown = Bun.inspect(new Proxy({ a: 1 }, handler)).replace(/\s+/g, " ");
      console.log(new Proxy([1], handler), { deep: new Proxy(new Date(0), handler) });
      const revocable = Proxy.revocable({}, {});
      revocable.revoke();
      return Response.json([shown.replace(", }", " }"), Bun.inspect(revocable.proxy), traps]);
    },
    "/headers": () =>
      new Response("mine", {
        headers: {
          "Total-Count": "3",
          "Request-Id": "r1",
          Deprecation: "true",
          Server: "mine",
          "Timing-Allow-Origin": "*",
          "X-Accel-Buffering": "no",
        },
      }),
  },
});
