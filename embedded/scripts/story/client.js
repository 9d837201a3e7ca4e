// A client: a browser of its own for Alice, Bob, Carol or Mallory, with cookies and storage of its own.

import { Locator, locators } from "./locator.js";
import { Miss, until } from "./miss.js";

const NAMES = ["Alice", "Bob", "Carol", "Mallory"];

export class Client {
  constructor(link, name, limit) {
    Object.assign(this, { name, limit });
    this.ask = (what, ...args) => link("client", name, what, args);
    // Closes the window; open() opens it again, with the cookies and the storage that it had.
    this.close = () => link("close", name);
    this.cut = () => link("server", { do: "cut", client: name });
    locators(this, (step) => new Locator(this, [step]));
  }

  address = () => this.ask("address");
  title = () => this.ask("title");
  text = () => this.ask("text");
  request = (path, init) => this.ask("request", path, init);

  async goto(path) {
    await this.ask("goto", path);
    await this.settled();
  }

  async reload() {
    await this.ask("reload");
    await this.settled();
  }

  async back() {
    await this.ask("back");
    await this.settled();
  }

  async forward() {
    await this.ask("forward");
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
        const found = ({ messages }) => `${messages.length} messages: ${messages.join("\n")}`;
        const expected = `another message on ${this.name}'s own socket at ${path}`;
        const { messages } = await until(this.limit, heard, isMet, expected, found);
        return messages[read++];
      },
    };
  }

  // After a step that may load a page or send a request: until neither is under way.
  async settled() {
    await new Promise((done) => setTimeout(done, 60));
    const expected = `${this.name}'s page is loaded and at rest`;
    const found = () => "it still loads, or a request of htmx is still under way";
    await until(this.limit, () => this.ask("idle"), Boolean, expected, found);
  }
}

export const clients = (link, limit) => {
  const open = new Map();
  return async (name, path = "/") => {
    if (!NAMES.includes(name)) {
      throw new Miss("a client's name", `“${name}”: they are called ${NAMES.join(", ")}`);
    }
    const client = open.get(name) ?? new Client(link, name, limit);
    open.set(name, client);
    await link("open", name, path);
    await client.settled();
    return client;
  };
};
