// What the page has set to come by itself: timers that are due soon, and lines that come back.

// What comes later is waited for by nobody.
const HORIZON_MS = 10_000;
const MANY = 1000;

// When each timeout is due, and when each interval is next, at the latest; by their numbers.
const due = new Map();
const streams = new Set();

const forgetPast = (now) => {
  for (const [id, at] of due) if (at < now) due.delete(id);
};

export function watchComing() {
  const { setTimeout, setInterval, clearTimeout, clearInterval, EventSource } = window;
  const noting =
    (set, isRepeated) =>
    (handler, delay = 0, ...args) => {
      const id = set(handler, delay, ...args);
      const now = performance.now();
      if (due.size > MANY) forgetPast(now);
      if (delay <= HORIZON_MS) due.set(id, isRepeated ? Infinity : now + Number(delay));
      return id;
    };
  const forgetting = (clear) => (id) => {
    due.delete(id);
    return clear(id);
  };
  window.setTimeout = noting(setTimeout, false);
  window.setInterval = noting(setInterval, true);
  window.clearTimeout = forgetting(clearTimeout);
  window.clearInterval = forgetting(clearInterval);

  window.EventSource = class extends EventSource {
    constructor(...args) {
      super(...args);
      streams.add(this);
    }
  };
}

// Whether a timer is due within ten seconds, or a stream is to be opened anew.
export function isComingBack() {
  const now = performance.now();
  if ([...due.values()].some((at) => at >= now)) return true;
  for (const stream of streams)
    if (stream.readyState === EventSource.CLOSED) streams.delete(stream);
  return [...streams].some(({ readyState }) => readyState === EventSource.CONNECTING);
}
