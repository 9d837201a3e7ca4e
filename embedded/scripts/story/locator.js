// A way to elements, looked for anew at each use.

import { Miss } from "./miss.js";
import { quoted, roleWords, wantedWords } from "./words.js";

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
  "upload",
];
const DEED_WORDS = {
  dblClick: "double-click",
  hover: "point at",
  type: "type into",
  fill: "fill in",
  press: "press a key in",
  select: "choose in",
  upload: "choose files in",
};

export class Locator {
  constructor(client, steps) {
    Object.assign(this, { client, steps });
    locators(this, (step) => new Locator(client, [...steps, step]));
    for (const deed of DEEDS) this[deed] = (...args) => this.do(deed, args);
  }

  // `on Bob's page, the button “Send” in #say`.
  get description() {
    return `on ${this.client.name}'s page, ${wayTo(this.steps)}`;
  }

  // Where on the wire to look, and which elements of the page it is about.
  place = () => ({ ...this.client.place(), steps: this.steps });

  look = () => this.client.ask("look", this.steps);

  // Waits until there is one; two are a miss, since a person would not know which.
  async do(deed, args) {
    const expected = `${this.description} should be there, once, to ${DEED_WORDS[deed] ?? deed}`;
    const act = () => this.client.ask("act", this.steps, deed, ...args);
    const isDone = ({ found }) => found === undefined;
    await this.client.patience.until(act, isDone, expected, ({ found }) => found, this.place);
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
    throw new Miss(`${this.description} should be there`, found, this.place());
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

// `the button “Send” in #say`.
export const wayTo = (steps) => steps.toReversed().map(described).join(" in ");

function described({ by, args: [what, options] }) {
  if (by === "css") return what;
  if (by === "text") return `the text ${wantedWords(what)}`;
  if (by === "label") return `the field ${wantedWords(what)}`;
  if (by === "placeholder") return `the field with the placeholder ${wantedWords(what)}`;
  if (by === "test") return `the element with the test id ${quoted(what)}`;
  const role = roleWords(what);
  return options?.name ? `the ${role} ${wantedWords(options.name)}` : `the ${role}`;
}
