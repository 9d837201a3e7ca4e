// What the project's files say that the editor's help needs: ids, extensions, attributes of its own, and the
// version of htmx that its pages load. Worked out when it is asked for, and again after a change.

const MARKUP = /\.(?:html?|[jt]sx?|m[jt]s|svg)$/i;
const ID = /\bid=(["'])([^"'`${}<>\s]+)\1/g;
const EXTENSION = /\b(?:defineExtension|registerExtension)\(\s*["'`]([\w-]+)/g;
/** What the library's files bring, each with the extension's sentence. */
const LIBRARY = {
  "htmx-2-ws": ["ws", "WebSockets: ws-connect and ws-send."],
  "htmx-2-sse": ["sse", "Server-sent events: sse-connect and sse-swap."],
  idiomorph: ["morph", "Swaps by changing as little as it must: hx-swap=“morph”."],
};

export class Facts {
  #project;
  #lesson;
  #known = {};

  /** `lesson` is the version of htmx that the lesson teaches. */
  constructor(project, lesson) {
    this.#project = project;
    this.#lesson = lesson;
    project.addEventListener("change", () => (this.#known = {}));
  }

  get files() {
    return this.#project.names;
  }

  get version() {
    return this.#once("version", (texts) => {
      const loads = [2, 4].filter((each) =>
        texts.some((text) => text.includes(`/lib/htmx-${each}.js`)),
      );
      return loads.length === 1 ? loads[0] : this.#lesson;
    });
  }

  get ids() {
    return this.#once("ids", (texts) => [...new Set(texts.flatMap((text) => all(text, ID, 2)))]);
  }

  /** Extension → sentence. */
  get extensions() {
    return this.#once("extensions", (texts) => {
      const loaded = Object.entries(LIBRARY)
        .filter(([file]) => texts.some((text) => text.includes(`/lib/${file}.js`)))
        .map(([, extension]) => extension);
      const own = texts
        .flatMap((text) => all(text, EXTENSION, 1))
        .map((name) => [name, "An extension of this project."]);
      return Object.fromEntries([...loaded, ...own]);
    });
  }

  /** Whether the project's code speaks of an attribute, as an extension does: `[hx-own]`, `"hx-own"`. */
  isOwn = (attribute) => {
    const spoken = new RegExp(`["'\`[]${attribute.replace(/[^\w-]/g, "\\$&")}["'\`\\]]`);
    return this.#texts.some((text) => spoken.test(text));
  };

  get #texts() {
    const { names } = this.#project;
    return names.filter((name) => MARKUP.test(name)).map((name) => this.#project.text(name));
  }

  #once(what, find) {
    this.#known[what] ??= find(this.#texts);
    return this.#known[what];
  }
}

const all = (text, pattern, group) => [...text.matchAll(pattern)].map((found) => found[group]);
