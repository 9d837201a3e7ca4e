// Where a check is played: a frame for each client at an origin of its own, and what a story asks of
// them, of the server and of the wire.

import { make } from "./parts.js";

const MARK = "hxlab-client";
const LOAD_MS = 15_000;
const ALLOWED = "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads";
// Questions may be asked again of the next page; deeds are done once.
const QUESTIONS = new Set(["look", "address", "title", "text", "idle", "heard"]);

// Each check's entries get numbers of their own on the page's wire.
let plays = 0;

export function openStage({ trial, place, feed, request, box }) {
  const clients = new Map();
  const offset = (plays += 1) * 1_000_000;
  let last = null;

  const live = new EventSource(`/trials/${trial}/live`);
  live.addEventListener("wire", ({ data }) => {
    const entry = JSON.parse(data);
    last = entry.entry + offset;
    feed.dispatchEvent(new CustomEvent("wire", { detail: { ...entry, entry: last } }));
  });
  box.hidden = false;

  const hear = ({ source, origin, data }) => {
    if (data?.from !== MARK) return;
    const client = [...clients.values()].find((it) => it.frame.contentWindow === source);
    if (client?.origin === origin) client.hear(data);
  };
  window.addEventListener("message", hear);

  const post = async (path, body) => {
    const { ok, answer } = await request("POST", `/trials/${trial}/${path}`, body);
    if (!ok) throw new Error(answer.error);
    return answer;
  };
  const addressOf = (name, path) => new URL(path, place[name.toLowerCase()]).href;

  return {
    async open(name, path) {
      clients.get(name)?.close();
      const client = openClient(name, addressOf(name, path), box);
      clients.set(name, client);
      await client.ready();
    },
    close: (name) => clients.get(name).close(),
    client: (name, what, args) => clients.get(name).ask(what, args),
    address: addressOf,
    server: (deed) => post("server", deed),
    request: (asked) => post("request", asked),
    wire: (question) => post("wire", question),

    // Ends it; gives the number of the last thing on the wire.
    end() {
      live.close();
      window.removeEventListener("message", hear);
      for (const client of clients.values()) client.close();
      clients.clear();
      box.hidden = true;
      return last;
    },
  };
}

function openClient(name, url, box) {
  const { origin } = new URL(url);
  const frame = make("iframe", {
    title: `${name}'s browser`,
    sandbox: ALLOWED,
    tabindex: -1,
    src: url,
  });
  const figure = make(
    "figure",
    {},
    make("div", { class: "screen", inert: true }, frame),
    make("figcaption", {}, name),
  );
  const asked = new Map();
  const loaded = [];
  let number = 0;

  const post = (id, what, args) =>
    frame.contentWindow?.postMessage({ from: MARK, id, what, args }, origin);

  const hear = ({ id, value, error, ready }) => {
    if (ready) {
      for (const done of loaded.splice(0)) done();
      for (const [key, { what, args, done }] of asked) {
        if (QUESTIONS.has(what)) post(key, what, args);
        else done();
      }
      return;
    }
    const waiting = asked.get(id);
    if (!waiting) return;
    if (error === undefined) waiting.done(value);
    else waiting.failed(new Error(error));
  };

  box.append(figure);
  return {
    frame,
    origin,
    hear,
    close: () => figure.remove(),
    ready: () =>
      new Promise((done, failed) => {
        loaded.push(done);
        const late = () => failed(new Error(`${name}'s page did not load: ${url}`));
        setTimeout(late, LOAD_MS);
      }),
    ask: (what, args) =>
      new Promise((done, failed) => {
        const id = (number += 1);
        const settle = (end) => (result) => {
          asked.delete(id);
          end(result);
        };
        asked.set(id, { what, args, done: settle(done), failed: settle(failed) });
        post(id, what, args);
      }),
  };
}
