// A clock by server-sent events.
const encoder = new TextEncoder();

function clock(req) {
  let timer;
  let ticks = 0;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode("retry: 1000\n\n"));
      timer = setInterval(() => {
        ticks += 1;
        controller.enqueue(
          encoder.encode(`event: tick\nid: ${ticks}\ndata: <time>${ticks}</time>\n\n`),
        );
        if (ticks === 3) {
          clearInterval(timer);
          controller.close();
        }
      }, 5);
    },
    cancel() {
      clearInterval(timer);
    },
  });
  req.signal.addEventListener("abort", () => clearInterval(timer));
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-cache",
      Connection: "keep-alive",
      "X-Accel-Buffering": "no",
    },
  });
}

export default {
  port: 8080,
  idleTimeout: 0,
  fetch(req) {
    const { pathname } = new URL(req.url);
    if (pathname === "/events") return clock(req);
    return new Response(`<div hx-ext="sse" sse-connect="/events" sse-swap="tick"></div>`, {
      headers: { "Content-Type": "text/html" },
    });
  },
};
