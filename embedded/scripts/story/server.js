// What a story does to the server, reads of the wire, and has Mallory try.

import { Miss } from "./miss.js";
import { pause } from "./patience.js";

// As long as one question about the wire waits for its answer.
const SLICE_MS = 500;

export const serverOf = (link, state) => ({
  async request(path, init = {}) {
    const answer = await link("request", { path, ...init });
    state.entry = answer.entry;
    return answer;
  },
  stop: () => disturb(link, state, { do: "stop" }),
  start: () => disturb(link, state, { do: "start" }),
  cutAll: () => disturb(link, state, { do: "cut" }),
  delay(milliseconds) {
    state.isDelayed = milliseconds > 0;
    return disturb(link, state, { do: "delay", milliseconds });
  },
});

export function disturb(link, state, deed) {
  state.isDisturbed = true;
  return link("server", deed);
}

export const wireOf = (link, patience, state) => {
  const ask = async (claim, milliseconds) => {
    const { entries, near, words } = await link("wire", { claim, milliseconds });
    if (entries.length > 0) state.entry = entries.at(-1).entry;
    return { entries: entries.map(plain), near, words };
  };
  return {
    all: async (claim) => (await ask(claim, 0)).entries,
    async find(claim) {
      const isOver = patience.begin();
      for (;;) {
        const { entries, near, words } = await ask(claim, SLICE_MS);
        const [entry] = entries;
        if (entry) {
          state.entry = entry.entry;
          return entry;
        }
        if (!isOver()) continue;
        const found = near?.words ?? "nothing like it crossed the wire";
        throw new Miss(words, found, { entry: near?.entry ?? null });
      }
    },
  };
};

// Mallory's page, at an origin of its own, sends a form to a client's address in that browser; or opens a
// socket there.
export const attackOf =
  (link, patience, { open, state }) =>
  async (client, path, options = {}) => {
    const mallory = await open("Mallory", "/.hxlab/blank");
    const url = await link("address", client.name, path);
    if (options.socket) return mallory.ask("open", url.replace(/^http/, "ws"));
    const method = (options.method ?? "POST").toUpperCase();
    // Of a form that is sent by GET, the fields become the query.
    const claim = { request: method, path: path.split("?")[0], client: client.name };
    const before = (await link("wire", { claim, milliseconds: 0 })).entries.length;
    await mallory.ask("attack", url, { ...options, method });
    const isOver = patience.begin();
    for (;;) {
      const { entries } = await link("wire", { claim, milliseconds: 0 });
      const answered = entries.slice(before).find(({ status }) => status !== null);
      if (answered) {
        state.entry = answered.entry;
        return { status: answered.status, text: answered.body ?? "", ...plain(answered) };
      }
      if (isOver()) {
        const found = "the server did not get it, or did not answer it";
        throw new Miss(`Mallory's ${method} ${path} should be answered`, found, {
          client: client.name,
        });
      }
      await pause(50);
    }
  };

// An entry of the log as stories read it: headers by their names.
function plain({ request_headers: sent, response_headers: got, ...entry }) {
  return { ...entry, headers: byName(sent), response: byName(got) };
}

function byName(pairs = []) {
  const all = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    all[key] = key in all ? `${all[key]}, ${value}` : value;
  }
  return all;
}
