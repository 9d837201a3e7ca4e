// What may come to the page by itself: timers that are due soon, and what lines bring.

// What comes later is waited for by nobody.
const HORIZON_MS = 10_000;
const MANY = 1000;

// When each timeout is due, and when each interval is next, at the latest; by their numbers.
const due = new Map();
// Event streams and WebSockets.
const lines = new Set();

const forgetPast = (now) => {
  for (const [id, at] of due) if (at < now) due.delete(id);
};

export function watchComing() {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
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

  for (const name of ["EventSource", "WebSocket"]) {
    window[name] = class extends window[name] {
      constructor(...args) {
        super(...args);
        lines.add(this);
      }
    };
    Object.defineProperty(window[name], "name", { value: name });
  }
}

// Whether a WebSocket waits for the answer to its handshake. An event stream may wait to ask again, for as long as it likes.
export function isConnecting() {
  for (const line of lines)
    if (line instanceof WebSocket && line.readyState === line.CONNECTING) return true;
  return false;
}

// Whether something may come: a timer is due within ten seconds, or a line is open or about to be.
export function mayCome() {
  const now = performance.now();
  if ([...due.values()].some((at) => at >= now)) return true;
  for (const line of lines) if (line.readyState === line.CLOSED) lines.delete(line);
  return lines.size > 0;
}
