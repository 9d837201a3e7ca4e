// Notifications: server-sent events. /events sends all of them, /events/NAME those of one name.
const REMEMBERED = 100;
const streams = new Map();
const sent = [];
const chores = [];
let working = false;
let leaving;

// Ids start anew when the server does, so each id also says which start it belongs to.
const start = Date.now().toString(36);
let count = 0;

export function events(req) {
  const only = req.params.name;
  const wants = ({ event }) => !only || event === only;
  const lastSeen = req.headers.get("Last-Event-ID");
  let stream;
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      stream.enqueue("retry: 2000\n\n");
      for (const item of sinceThen(lastSeen).filter(wants)) stream.enqueue(item.text);
      add(stream, wants);
    },
    cancel() {
      remove(stream);
    },
  });
  return new Response(body, { headers: EVENT_STREAM });
}

export const EVENT_STREAM = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
};

/** Sends one event to every open page, and remembers it for those that are away. */
export function announce(event, markup) {
  const id = `${start}-${++count}`;
  const item = { id, event, text: asEvent({ id, event, data: String(markup) }) };
  sent.push(item);
  if (sent.length > REMEMBERED) sent.shift();
  for (const [stream, wants] of streams) if (wants(item)) stream.enqueue(item.text);
}

/** The text of one event. Each line of its data needs a `data:` of its own; an empty line ends it. */
export function asEvent({ id, event, data }) {
  const lines = data.split("\n").map((line) => `data: ${line}\n`);
  return `${id ? `id: ${id}\n` : ""}event: ${event}\n${lines.join("")}\n`;
}

/** Repeats some work, but only while at least one page is listening. */
export function whileSomeoneListens(milliseconds, work) {
  chores.push({ milliseconds, work, timer: undefined });
}

// Servers and proxies cut a connection that stays silent. A comment keeps it open and shows nowhere.
whileSomeoneListens(5000, () => {
  for (const stream of streams.keys()) stream.enqueue(": still here\n\n");
});

// A page that comes back gets what it missed; a new one gets the five newest notices.
function sinceThen(lastSeen) {
  const position = sent.findIndex(({ id }) => id === lastSeen);
  if (position >= 0) return sent.slice(position + 1);
  return sent.filter(({ event }) => event === "notice").slice(-5);
}

function add(stream, wants) {
  streams.set(stream, wants);
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
