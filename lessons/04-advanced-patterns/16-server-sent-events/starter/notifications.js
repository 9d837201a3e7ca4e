// Notifications: one stream of server-sent events for each open page.
const streams = new Set();
const chores = [];
let working = false;
let leaving;

export function notifications(req) {
  let stream;
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      stream.enqueue(": welcome\n\n");
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

/** Sends one event to every open page. */
export function announce(event, markup) {
  const text = asEvent(event, String(markup));
  for (const stream of streams) stream.enqueue(text);
}

// Each line of the markup needs a `data:` of its own; an empty line ends the event.
function asEvent(event, markup) {
  const lines = markup.split("\n").map((line) => `data: ${line}\n`);
  return `event: ${event}\n${lines.join("")}\n`;
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
