// Notifications: one stream of server-sent events for each open page.
const REMEMBERED = 100;
const streams = new Set();
const sent = [];
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
      stream.enqueue("retry: 1000\n\n");
      for (const event of missedSince(lastSeen)) stream.enqueue(event);
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

// A page that comes back names the last event it saw. A new page names none, and has missed none.
function missedSince(lastSeen) {
  const position = sent.findIndex(({ id }) => id === lastSeen);
  if (lastSeen && position < 0) throw new Error(`nobody was sent ${lastSeen}`);
  return position < 0 ? [] : sent.slice(position + 1).map(({ text }) => text);
}

/** Sends one event to every open page, and remembers it for those that are away. */
export function announce(event, markup) {
  const id = `${start}-${++count}`;
  const text = asEvent(id, event, String(markup));
  sent.push({ id, text });
  if (sent.length > REMEMBERED) sent.shift();
  for (const stream of streams) stream.enqueue(text);
}

// Each line of the markup needs a `data:` of its own; an empty line ends the event.
function asEvent(id, event, markup) {
  const lines = markup.split("\n").map((line) => `data: ${line}\n`);
  return `id: ${id}\nevent: ${event}\n${lines.join("")}\n`;
}

/** Ends every stream, as a dropped connection would. The browsers come back by themselves. */
export function cutTheLine() {
  for (const stream of streams) {
    stream.close();
    remove(stream);
  }
  return new Response(null, { status: 204 });
}

/** Repeats some work, but only while at least one page is listening. */
export function whileSomeoneListens(milliseconds, work) {
  chores.push({ milliseconds, work, timer: undefined });
}

// Servers and proxies cut a line that stays silent. A comment keeps it open and shows nowhere.
whileSomeoneListens(5000, () => {
  for (const stream of streams) stream.enqueue(": still here\n\n");
});

function add(stream) {
  streams.add(stream);
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
