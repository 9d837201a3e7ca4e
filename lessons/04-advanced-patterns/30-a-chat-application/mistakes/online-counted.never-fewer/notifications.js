// Notifications: one stream of server-sent events for each open page.
import { html } from "hono/html";

const REMEMBERED = 100;
const streams = new Set();
const sent = [];
const newest = [];
const chores = [];
let working = false;
let leaving;

// Ids start anew when the server does, so each id also says which start it belongs to.
const start = Date.now().toString(36);
let count = 0;

export function notifications(req) {
  const lastSeen = req.headers.get("Last-Event-ID");
  let stream;
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      stream.enqueue("retry: 2000\n\n");
      for (const event of sinceThen(lastSeen)) stream.enqueue(event);
      add(stream);
    },
    cancel() {
      remove(stream);
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

/** Sends one event to every open page, and remembers it for those that are away. */
export function announce(event, markup) {
  const id = `${start}-${++count}`;
  const text = asEvent({ id, event, data: String(markup) });
  sent.push({ id, text });
  if (sent.length > REMEMBERED) sent.shift();
  if (event === "notice") newest.splice(0, newest.length, markup, ...newest.slice(0, 4));
  for (const stream of streams) stream.enqueue(text);
}

/** Repeats some work, but only while at least one page is listening. */
export function whileSomeoneListens(milliseconds, work) {
  chores.push({ milliseconds, work, timer: undefined });
}

// Servers and proxies cut a line that stays silent. A comment keeps it open and shows nowhere.
whileSomeoneListens(5000, () => {
  for (const stream of streams) stream.enqueue(": still here\n\n");
});

// How many pages are open. Of a number only the newest counts, so it has no id and is not kept.
function tellHowMany() {
  const text = `event: online\ndata: ${streams.size} online\n\n`;
  for (const stream of streams) stream.enqueue(text);
}

// A page that comes back gets what it missed; a new one gets the five newest notices at once.
function sinceThen(lastSeen) {
  const position = sent.findIndex(({ id }) => id === lastSeen);
  if (position >= 0) return sent.slice(position + 1).map(({ text }) => text);
  const list = html`<ol id="notices" sse-swap="notice" hx-swap="afterbegin">${newest}</ol>`;
  const id = `${start}-${count}`;
  return [asEvent({ id, event: "notices", data: list.toString() })];
}

function asEvent({ id, event, data }) {
  const lines = data.split("\n").map((line) => `data: ${line}\n`);
  return `id: ${id}\nevent: ${event}\n${lines.join("")}\n`;
}

function add(stream) {
  streams.add(stream);
  tellHowMany();
  clearTimeout(leaving);
  if (working) return;
  working = true;
  for (const chore of chores) chore.timer = setInterval(chore.work, chore.milliseconds);
}

// A page that only reloads or reconnects is back in a moment: wait before stopping for it.
function remove(stream) {
  streams.delete(stream);
  if (streams.size === 0) leaving = setTimeout(stop, 10_000);
}

function stop() {
  working = false;
  for (const chore of chores) clearInterval(chore.timer);
}
