// A client: a browser of its own for Alice, Bob, Carol or Mallory, with cookies and storage of its own.

import { Locator, locators } from "./locator.js";
import { Miss } from "./miss.js";
import { pause } from "./patience.js";
import { disturb } from "./server.js";
import { listed, quoted } from "./words.js";

const NAMES = ["Alice", "Bob", "Carol", "Mallory"];
// A navigation or a request begins so soon after what causes it.
const BEGINS_MS = 60;

export class Client {
  constructor(link, name, patience, state) {
    Object.assign(this, { name, patience, state });
    this.ask = (what, ...args) => link("client", name, what, args);
    // Closes the window; open() opens it again, with the cookies and the storage that it had.
    this.close = () => link("close", name);
    this.cut = () => disturb(link, state, { do: "cut", client: name });
    locators(this, (step) => new Locator(this, [step]));
  }

  // Where on the wire to look for what this client's page shows: at what the story has read there, else at
  // the client's last.
  place = () => ({ client: this.name, entry: this.state.entry });

  address = () => this.ask("address");
  title = () => this.ask("title");
  text = () => this.ask("text");
  request = (path, init) => this.ask("request", path, init);

  // What the page's alert, confirm and prompt said so far.
  dialogs = () => this.ask("dialogs");
  // What confirm and prompt of this page answer from now on: true, false, or a text.
  answers = (answer) => this.ask("answers", answer);

  async press(keys) {
    await this.ask("keys", keys);
    await this.settled();
  }

  goto = (path) => this.load("goto", path);
  reload = () => this.load("reload");
  back = () => this.load("back");
  forward = () => this.load("forward");

  async load(...deed) {
    await this.ask(...deed);
    await this.settled();
  }

  // A WebSocket of this client's page, by hand.
  async connect(path) {
    const { id, opened } = await this.ask("open", path);
    const heard = () => this.ask("heard", id);
    let read = 0;
    return {
      opened,
      send: (text) => this.ask("send", id, text),
      close: (code) => this.ask("close", id, code),
      closed: async () => (await heard()).closed,
      next: async () => {
        const isMet = ({ messages }) => messages.length > read;
        const found = ({ messages }) =>
          messages.length ? `these have come: ${listed(messages.map(quoted))}` : "none has come";
        const expected = `another message should come on ${this.name}'s own socket at ${path}`;
        const { place } = this;
        const { messages } = await this.patience.until(heard, isMet, expected, found, place);
        return messages[read++];
      },
    };
  }

  // After a step that may load a page or send a request: until neither is under way. While the server is
  // made to answer late only loads are waited for, so that a story can look at the page meanwhile.
  async settled() {
    await pause(BEGINS_MS);
    const expected = `${this.name}'s page should be loaded and at rest`;
    const found = () => "it still loads, or a request is still under way";
    const { isDelayed } = this.state;
    const isIdle = () => this.ask("idle", isDelayed);
    await this.patience.until(isIdle, Boolean, expected, found, this.place);
  }
}

export const clients = (link, patience, state) => {
  const open = new Map();
  return async (name, path = "/") => {
    if (!NAMES.includes(name)) {
      throw new Miss("a client's name", `“${name}”: they are called ${NAMES.join(", ")}`);
    }
    const client = open.get(name) ?? new Client(link, name, patience, state);
    open.set(name, client);
    const { blind } = await link("open", name, path);
    if (blind) throw new Miss(`${name}'s page at ${path} should be HTML`, blind, { client: name });
    await client.settled();
    return client;
  };
};
