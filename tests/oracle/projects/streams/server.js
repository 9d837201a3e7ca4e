// Server-sent events and other bodies that take their time.
const clients = new Set();
const events = [];
const encoder = new TextEncoder();

const stream = { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" };

export default {
  idleTimeout: 30,
  routes: {
    "/events": (req) => {
      let own;
      req.signal.addEventListener("abort", () => events.push("aborted"));
      const body = new ReadableStream({
        start(controller) {
          own = controller;
          clients.add(own);
          own.enqueue(`retry: 1000\n\nid: 1\ndata: last ${req.headers.get("Last-Event-ID")}\n\n`);
        },
        cancel(reason) {
          events.push(`cancelled ${reason === undefined ? "" : typeof reason}`);
          clients.delete(own);
        },
      });
      return new Response(body, { headers: stream });
    },
    "/say/:text": (req) => {
      for (const client of clients) client.enqueue(`event: said\ndata: ${req.params.text}\n\n`);
      return new Response(String(clients.size));
    },
    "/end": () => {
      for (const client of clients) client.close();
      clients.clear();
      return new Response("ended");
    },
    "/break": () => {
      for (const client of clients) client.error(new Error("broken"));
      clients.clear();
      return new Response("broken");
    },
    "/log": () => {
      const seen = Response.json(events);
      events.length = 0;
      return seen;
    },
    "/generator": () =>
      new Response(
        (async function* () {
          try {
            for (let n = 1; ; n += 1) {
              yield encoder.encode(`data: ${n}\n\n`);
              await Bun.sleep(5);
            }
          } finally {
            events.push("generator left");
          }
        })(),
        { headers: stream },
      ),
    "/generator-throws": () =>
      new Response(
        (async function* () {
          yield "begun";
          await Bun.sleep(20);
          throw new Error("in the middle");
        })(),
      ),
    "/pulled": () => {
      let pulls = 0;
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await Bun.sleep(1);
            if (++pulls > 3) return controller.close();
            controller.enqueue(`pull ${pulls}\n`);
          },
        }),
      );
    },
    "/transformed": () => {
      const { readable, writable } = new TransformStream();
      const writer = writable.getWriter();
      (async () => {
        for (const word of ["a", "b", "c"]) await writer.write(encoder.encode(word));
        await writer.close();
      })();
      return new Response(readable);
    },
    "/bytes": () =>
      new Response(
        new ReadableStream({
          type: "bytes",
          start(controller) {
            controller.enqueue(new Uint8Array([104, 105]));
            controller.close();
          },
        }),
      ),
    "/large": () => {
      let left = 40;
      return new Response(
        new ReadableStream({
          pull(controller) {
            if (left-- === 0) controller.close();
            else controller.enqueue(new Uint8Array(50_000).fill(97));
          },
        }),
      );
    },
    "/echo": (req) => new Response(req.body),
  },
  fetch: () => new Response("no", { status: 404 }),
};
