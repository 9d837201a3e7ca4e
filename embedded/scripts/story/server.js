// What a story does to the server, reads of the wire, and has Mallory try.

import { Miss } from "./miss.js";

export const serverOf = (link) => ({
  request: (path, init = {}) => link("request", { path, ...init }),
  stop: () => link("server", { do: "stop" }),
  start: () => link("server", { do: "start" }),
  cutAll: () => link("server", { do: "cut" }),
  delay: (milliseconds) => link("server", { do: "delay", milliseconds }),
});

export const wireOf = (link, limit) => {
  const ask = async (claim, milliseconds) =>
    (await link("wire", { claim, milliseconds })).map(plain);
  return {
    all: (claim) => ask(claim, 0),
    async find(claim) {
      const [entry] = await ask(claim, Math.max(0, limit - Date.now() - 100));
      if (entry) return entry;
      const found = "nothing like it crossed the wire";
      throw new Miss(`on the wire: ${JSON.stringify(claim)}`, found);
    },
  };
};

// Mallory's page, at an origin of its own, sends a form to a client's address in that browser; or opens a
// socket there.
export const attackOf =
  (link, open, wire) =>
  async (client, path, options = {}) => {
    const mallory = await open("Mallory", "/.hxlab/blank");
    const url = await link("address", client.name, path);
    if (options.socket) return mallory.ask("open", url.replace(/^http/, "ws"));
    const { method = "POST" } = options;
    const claim = { request: method.toUpperCase(), path, client: client.name };
    const before = (await wire.all(claim)).length;
    await mallory.ask("attack", url, options);
    for (;;) {
      const entries = await wire.all(claim);
      const answered = entries.slice(before).find(({ status }) => status !== null);
      if (answered) return { status: answered.status, text: answered.body ?? "" };
      await new Promise((done) => setTimeout(done, 50));
    }
  };

// An entry of the log as stories read it: headers by their names.
function plain({ request_headers: sent, response_headers: got, ...entry }) {
  return {
    ...entry,
    headers: Object.fromEntries(sent ?? []),
    response: Object.fromEntries(got ?? []),
  };
}
