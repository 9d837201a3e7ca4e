// Which tea comes next? A vote is an ordinary request, and the count goes out on the stream of news.
import { html } from "hono/html";

const teas = { assam: "Assam", darjeeling: "Darjeeling", matcha: "Matcha" };
const counts = { assam: 0, darjeeling: 0, matcha: 0 };

const streams = new Set();

/** A stream for the count alone. */
export function votesStream() {
  let stream;
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      stream.enqueue(`retry: 2000\n\n${event()}`);
      streams.add(stream);
    },
    cancel() {
      streams.delete(stream);
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

function event() {
  const lines = `${standing()}`.split("\n").map((line) => `data: ${line}\n`);
  return `event: standing\n${lines.join("")}\n`;
}

export async function vote(req) {
  const tea = await teaIn(req);
  if (!Object.hasOwn(teas, tea)) return new Response("There is no such tea.", { status: 422 });
  counts[tea] += 1;
  for (const stream of streams) stream.enqueue(event());
  // The voter's own page hears of it by the stream, like all others.
  if (req.headers.get("HX-Request") === "true") return new Response(null, { status: 204 });
  return new Response(null, { status: 303, headers: { Location: "/" } });
}

async function teaIn(req) {
  try {
    return (await req.formData()).get("tea");
  } catch {
    return null;
  }
}

/** The count as it is now: in each page when it is made, and as an event whenever it changes. */
export function standing() {
  return html`${Object.entries(teas).map(([tea, name]) => html`<li>${name} <b>${counts[tea]}</b></li>`)}`;
}
