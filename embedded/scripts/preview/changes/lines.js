// Which message on a WebSocket or a stream of events a script hears: the mark of the line, and the how many-th it is.
// The wire counts the same messages (src/web/gateway/watched.rs). Each line's address takes its mark along; the gateway
// takes it out, and what the page reads of the address has none.

const MARK = "hxlab-line";
// What is sent along so that nothing is tied to what it is not.
const TEXT = 200;
// As many names as the wire counts on a stream.
const NAMES = 32;

export function markLines() {
  const heard = new WeakMap();
  let current = null;

  const hear = (event, tie) => {
    const text = typeof event.data === "string" ? event.data.slice(0, TEXT) : "";
    current = { ...tie, text };
    heard.set(event, current);
  };

  markSockets(hear);
  markStreams(hear);
  return {
    /** The message of the socket that is being heard. */
    current: () => current,
    /** The tie of an event of a stream. */
    of: (event) => heard.get(event) ?? null,
  };
}

const newMark = () => crypto.getRandomValues(new Uint32Array(1))[0] || 1;

// An address of this page's own sandbox with the mark; null for all others, which the browser is left to judge.
function marked(address, mark) {
  try {
    const url = new URL(address, document.baseURI);
    if (url.host !== location.host) return null;
    url.search += `${url.search ? "&" : "?"}${MARK}=${mark}`;
    return url.href;
  } catch {
    return null;
  }
}

const plain = (address) => address.replace(new RegExp(`[?&]${MARK}=\\d+`), "");

// The class in the place of the browser's own: like it but for the address.
function inPlaceOf(name, construct) {
  const Native = window[name];
  if (!Native) return;
  const url = Object.getOwnPropertyDescriptor(Native.prototype, "url");
  Object.defineProperty(Native.prototype, "url", {
    ...url,
    get() {
      return plain(url.get.call(this));
    },
  });
  const replaced = new Proxy(Native, {
    construct: (target, given, asked) => construct(target, given, asked),
  });
  Native.prototype.constructor = replaced;
  Object.defineProperty(window, name, { value: replaced, configurable: true, writable: true });
}

function markSockets(hear) {
  inPlaceOf("WebSocket", (Native, [address, ...rest], asked) => {
    const line = newMark();
    const url = marked(address, line);
    const socket = Reflect.construct(Native, [url ?? address, ...rest], asked);
    let nth = 0;
    // Before all others, so that what they do is known to be of this message.
    if (url)
      socket.addEventListener("message", (event) => {
        nth += 1;
        hear(event, { line, nth });
      });
    return socket;
  });
}

function markStreams(hear) {
  if (!window.EventSource) return;
  const add = EventSource.prototype.addEventListener;
  const names = new WeakMap();

  const count = (stream, name) => {
    const known = names.get(stream);
    if (!known || known.of.has(name) || known.of.size === NAMES) return;
    // A name that is listened for late came unheard until then, nobody knows how often.
    known.of.set(name, stream.readyState === EventSource.CONNECTING ? 0 : NaN);
    add.call(stream, name, (event) => {
      const nth = known.of.get(name) + 1;
      known.of.set(name, nth);
      hear(event, { line: known.line, opened: known.opened, name, nth: nth || 0 });
    });
  };

  inPlaceOf("EventSource", (Native, [address, ...rest], asked) => {
    const line = newMark();
    const url = marked(address, line);
    const stream = Reflect.construct(Native, [url ?? address, ...rest], asked);
    if (!url) return stream;
    const known = { line, opened: 0, of: new Map() };
    names.set(stream, known);
    add.call(stream, "open", () => {
      known.opened += 1;
      for (const name of known.of.keys()) if (known.opened > 1) known.of.set(name, 0);
    });
    count(stream, "message");
    return stream;
  });

  EventSource.prototype.addEventListener = function addEventListener(...given) {
    count(this, `${given[0]}`);
    return add.apply(this, given);
  };
}
