// A way to elements, looked for anew at each use.

import { Miss } from "./miss.js";

const DEEDS = [
  "click",
  "dblClick",
  "hover",
  "type",
  "fill",
  "clear",
  "press",
  "select",
  "focus",
  "submit",
];

export const quoted = (text) => (typeof text === "string" ? `“${text}”` : `${text}`);

export class Locator {
  constructor(client, steps) {
    Object.assign(this, { client, steps });
    locators(this, (step) => new Locator(client, [...steps, step]));
    for (const deed of DEEDS) this[deed] = (...args) => this.do(deed, args);
  }

  get description() {
    return `${this.steps.map(described).join(" in ")} of ${this.client.name}`;
  }

  look = () => this.client.ask("look", this.steps);

  // Waits until there is one; two are a miss, since a person would not know which.
  async do(deed, args) {
    const expected = `${this.description} is there, once, to ${deed}`;
    const { place } = this.client;
    const act = () => this.client.ask("act", this.steps, deed, ...args);
    const isDone = ({ found }) => found === undefined;
    await this.client.patience.until(act, isDone, expected, ({ found }) => found, place);
    await this.client.settled();
  }

  text = async () => (await this.first()).text;
  value = async () => (await this.first()).value;
  attribute = async (name) => (await this.first()).attributes[name] ?? null;
  count = async () => (await this.look()).length;

  async first() {
    const [element] = await this.look();
    if (element) return element;
    const found = await this.client.ask("instead", this.steps);
    throw new Miss(`${this.description} is there`, found, this.client.place());
  }
}

export function locators(from, next) {
  from.getByRole = (role, options = {}) => next({ by: "role", args: [role, options] });
  from.getByLabelText = (text, options) => next({ by: "label", args: [text, options] });
  from.getByText = (text, options) => next({ by: "text", args: [text, options] });
  from.getByPlaceholderText = (text, options) => next({ by: "placeholder", args: [text, options] });
  from.getByTestId = (id) => next({ by: "test", args: [id] });
  from.locate = (selector) => next({ by: "css", args: [selector] });
}

function described({ by, args: [what, options] }) {
  if (by === "role") return options.name ? `${what} ${quoted(options.name)}` : what;
  if (by === "css") return quoted(what);
  return `${by === "text" ? "text" : `${by} text`} ${quoted(what)}`;
}
