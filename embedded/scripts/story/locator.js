// A way to elements, looked for anew at each use.

const words = (text) => (typeof text === "string" ? `“${text}”` : `${text}`);

export class Locator {
  constructor(client, steps) {
    Object.assign(this, { client, steps });
    locators(this, (step) => new Locator(client, [...steps, step]));
    for (const deed of ["click", "type", "fill", "clear", "press", "select", "focus", "submit"]) {
      this[deed] = (...args) => this.do(deed, args);
    }
  }

  get description() {
    return `${this.steps.map(described).join(" in ")} of ${this.client.name}`;
  }

  look = () => this.client.ask("look", this.steps);

  async do(deed, args) {
    try {
      await this.client.ask("act", this.steps, deed, ...args);
    } catch (error) {
      throw new Error(`${deed} on ${this.description}: ${error.message}`);
    }
    await this.client.settled();
  }

  text = async () => (await this.first()).text;
  value = async () => (await this.first()).value;
  attribute = async (name) => (await this.first()).attributes[name] ?? null;
  count = async () => (await this.look()).length;

  async first() {
    const [element] = await this.look();
    if (!element) throw new Error(`${this.description}: there is none`);
    return element;
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
  if (by === "role") return options.name ? `${what} ${words(options.name)}` : what;
  if (by === "css") return `\`${what}\``;
  return `${by === "text" ? "text" : `${by} text`} ${words(what)}`;
}
