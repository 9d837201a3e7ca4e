// Server-sent events: each open page has one stream, and all hear the same price.
import { html } from "hono/html";

const streams = new Set();
let price = 100;
let timer;

export default {
  routes: {
    "/prices": listen,
  },
  fetch() {
    return new Response("There is no page at this address.", { status: 404 });
  },
};

function listen() {
  let stream;
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      stream.enqueue("retry: 2000\n\n");
      stream.enqueue(event());
      streams.add(stream);
      // Nothing is worked out while nobody listens.
      timer ??= setInterval(move, 1000);
    },
    cancel() {
      streams.delete(stream);
      if (streams.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    },
  });
}

function move() {
  price = Math.max(1, price + Math.floor(Math.random() * 11) - 5);
  for (const stream of streams) stream.enqueue(event());
}

function event() {
  return `event: price\ndata: ${html`<strong>${price}</strong> coins`}\n\n`;
}
