// What a story acts with. Each call is a step: what it is called, and what was seen.

import { setTimeout as wait } from "node:timers/promises";
import { begin, exchange, headersOf, PATIENCE } from "./http.js";
import { handshake } from "./socket.js";

/** An actor at one server; `steps` fills as the story goes on. */
export function actor(port) {
  const steps = [];
  const masks = [
    // When a file was saved, by which folder it lies in.
    [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT(?="[,}])/g, "A TIME"],
    [new RegExp(`(?<!\\d)(127\\.0\\.0\\.1|localhost)(:|%3A)${port}\\b`, "g"), "HOST"],
  ];
  const note = (name, seen) => {
    steps.push({ name, seen: masked(seen, masks) });
    return seen;
  };
  const ask = async (method, path, options) =>
    note(`${method} ${path}${named(options)}`, await exchange(port, method, path, options));
  return {
    port,
    steps,
    wait,
    note,
    ask,
    /** Hides what cannot be the same twice, such as an id from a clock. */
    mask: (pattern, word) => void masks.push([pattern, word]),
    get: (path, options) => ask("GET", path, options),
    /** Sends a form as htmx does. */
    post: (path, fields, { headers } = {}) =>
      ask("POST", path, {
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
    /** Opens a WebSocket; `who` names it in the steps. */
    async socket(path, { who = "socket", headers } = {}) {
      const { seen, socket } = await handshake(port, path, headers);
      note(`${who} opens ${path}`, seen);
      return socket && client(socket, who, note);
    },
    /** Opens a stream that is read bit by bit. */
    async stream(path, { who = "stream", headers } = {}) {
      const response = await begin(port, "GET", path, { headers });
      note(`${who} opens ${path}`, { status: response.statusCode, headers: headersOf(response) });
      return reader(response, who, note);
    },
  };
}

const named = ({ as } = {}) => (as ? ` (${as})` : "");

function client(socket, who, note) {
  const hear = async () => note(`${who} hears`, await socket.next());
  return {
    socket,
    hear,
    send: (text) => socket.send("text", text),
    /** Sends, and hears what comes back. */
    async say(text) {
      socket.send("text", text);
      return note(`${who} says ${JSON.stringify(text)}`, await socket.next());
    },
    sendBytes: (bytes) => socket.send("binary", Buffer.from(bytes)),
    /** Everything up to the end of the connection. */
    async rest() {
      const frames = [];
      for (;;) {
        const frame = await socket.next();
        frames.push(frame);
        if (frame.over || frame.silent) return note(`${who} hears the rest`, frames);
      }
    },
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.cut(),
  };
}

function reader(response, who, note) {
  let text = "";
  let over = false;
  let wake = () => {};
  const changed = () => wake();
  response.setEncoding("utf8");
  response.on("data", (piece) => ((text += piece), changed()));
  const end = () => ((over = true), changed());
  response.on("end", end).on("error", end).on("close", end);
  const more = (left) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, left);
      wake = () => (clearTimeout(timer), resolve());
    });
  return {
    /** What came up to a text, and with it. */
    async until(wanted, patience = PATIENCE) {
      const deadline = Date.now() + patience;
      while (!text.includes(wanted) && !over && Date.now() < deadline) {
        await more(deadline - Date.now());
      }
      const to = text.includes(wanted) ? text.indexOf(wanted) + wanted.length : text.length;
      const seen = text.slice(0, to);
      text = text.slice(to);
      return note(`${who} reads until ${JSON.stringify(wanted)}`, { seen });
    },
    /** What came up to the end of the response. */
    async rest(patience = PATIENCE) {
      const deadline = Date.now() + patience;
      while (!over && Date.now() < deadline) await more(deadline - Date.now());
      const seen = { seen: text, over, whole: response.complete };
      text = "";
      return note(`${who} reads the rest`, seen);
    },
    leave: () => response.destroy(),
  };
}

function masked(seen, masks) {
  const hide = (text, [pattern, word]) => text.replace(pattern, word);
  return JSON.parse(masks.reduce(hide, JSON.stringify(seen)));
}
