// Where a check is played: a frame for each client at an origin of its own, and what a story asks of
// them, of the server and of the wire.

import { openClock } from "../story/clock.js";
import { holdFocus } from "./hold-focus.js";
import { openClient } from "./stage-client.js";

// Of a check's time, what one answer of a client's page may take.
const PART = 0.7;
const MARK = "hxlab-client";

// Each check's entries get numbers of their own on the page's wire.
let plays = 0;

export function openStage({ trial, place, seconds, feed, request, box }) {
  const clients = new Map();
  const clock = openClock();
  const offset = (plays += 1) * 1_000_000;
  const lastOf = new Map();
  let last = null;
  let lastAt = 0;

  const live = new EventSource(`/trials/${trial}/live`);
  live.addEventListener("wire", ({ data }) => {
    const entry = JSON.parse(data);
    last = entry.entry;
    lastAt = clock.now();
    if (tells(entry)) lastOf.set(entry.client, last);
    feed.dispatchEvent(new CustomEvent("wire", { detail: { ...entry, entry: last + offset } }));
  });
  box.hidden = false;

  const hear = ({ source, origin, data }) => {
    if (data?.from !== MARK) return;
    const client = [...clients.values()].find((it) => it.frame.contentWindow === source);
    if (client?.origin === origin) client.hear(data);
  };
  window.addEventListener("message", hear);
  const letFocusGo = holdFocus(box);

  const post = async (path, body) => {
    const { ok, answer } = await request("POST", `/trials/${trial}/${path}`, body);
    if (!ok) throw new Error(answer.error);
    return answer;
  };
  const addressOf = (name, path) => new URL(path, place[name.toLowerCase()]).href;

  return {
    async open(name, path) {
      clients.get(name)?.close();
      const limit = seconds * 1000 * PART;
      const client = openClient({ name, url: addressOf(name, path), mark: MARK, clock, limit });
      box.append(client.figure);
      clients.set(name, client);
      return client.ready;
    },
    close: (name) => clients.get(name).close(),
    client: (name, what, args) => clients.get(name).ask(what, args),
    address: addressOf,
    server: (deed) => post("server", deed),
    request: (asked) => post("request", asked),
    wire: (question) => post("wire", question),

    // For how long nothing has crossed the wire and no page that was asked has changed, in milliseconds.
    quiet: () => clock.now() - Math.max(lastAt, ...[...clients.values()].map((it) => it.stirred())),

    // What a story found, with the number of the entry that shows it best.
    evidence: ({ expected, found, entry, client }) => ({
      expected,
      found,
      entry: entry ?? lastOf.get(client) ?? last,
    }),
    // The number of an entry on the page's wire.
    rowOf: (entry) => (entry === null || entry === undefined ? null : entry + offset),

    end() {
      live.close();
      clock.stop();
      window.removeEventListener("message", hear);
      for (const client of clients.values()) client.close();
      clients.clear();
      letFocusGo();
      box.hidden = true;
    },
  };
}

// Whether an entry tells of what a client did: not of styles and libraries, nor of the events that come
// by themselves all the time.
const tells = ({ kind, method, type }) =>
  kind === "websocket" ||
  (kind === "http" &&
    (method !== "GET" || !/javascript|css|font|image|event-stream/.test(type ?? "")));
