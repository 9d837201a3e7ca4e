// Notifications by server-sent events: who listens is kept in a set, who leaves is forgotten.
const encoder = new TextEncoder();
const listeners = new Map();
let last = 0;

const frame = ({ id, event, data }) =>
  encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
const log = [];

function notify(user, event, data) {
  const note = { id: ++last, event, data, user };
  log.push(note);
  const to =
    user === "*"
      ? [...listeners.values()].flatMap((each) => [...each])
      : [...(listeners.get(user) ?? [])];
  for (const controller of to) controller.enqueue(frame(note));
  return to.length;
}

Bun.serve({
  idleTimeout: 0,
  routes: {
    "/": {
      GET: () =>
        Response.json(Object.fromEntries([...listeners].map(([user, all]) => [user, all.size]))),
    },
    "/events/:user": (req, server) => {
      const { user } = req.params;
      const seen = Number(req.headers.get("last-event-id") ?? last);
      let own;
      const body = new ReadableStream({
        start(controller) {
          own = controller;
          listeners.set(user, (listeners.get(user) ?? new Set()).add(controller));
          controller.enqueue(encoder.encode("retry: 500\n\n"));
          const missed = log.filter((note) => note.id > seen && [user, "*"].includes(note.user));
          for (const note of missed) controller.enqueue(frame(note));
        },
        cancel() {
          listeners.get(user)?.delete(own);
        },
      });
      server.timeout(req, 0);
      return new Response(body, {
        headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" },
      });
    },
    "/notify/:user": {
      POST: async (req) => {
        const { event = "note", ...data } = await req.json();
        return Response.json({ heard: notify(req.params.user, event, data) }, { status: 202 });
      },
    },
  },
  fetch: () => new Response("Not found", { status: 404 }),
});
