// The palette: one field that finds lessons, headings, questions to do and the commands of the page. It is a combobox
// whose list is always open: the arrow keys choose, Enter goes, Escape closes.

import { commands, course, pages } from "./entries.js";
import { find } from "./match.js";
import { go } from "./go.js";

// So many are shown; what is further down is found by another word.
const MOST = 40;

const HTML = `<form method="dialog" class="palette-head">
    <label class="visually-hidden" for="palette-words">Find lessons, headings, questions and commands</label>
    <input id="palette-words" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list"
      aria-autocomplete="list" autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="go"
      maxlength="200" placeholder="A lesson, heading, question or command">
    <button class="quiet" value="">Close</button>
  </form>
  <p class="palette-sum" role="status"></p>
  <ul class="palette-list" id="palette-list" role="listbox" aria-label="Found"></ul>`;

// Gives whether it was open.
export function closePalette(document) {
  const open = document.querySelector("dialog.palette[open]");
  open?.close();
  return open !== null;
}

export async function openPalette(document, { openKeys }) {
  const dialog = document.createElement("dialog");
  dialog.className = "over palette";
  dialog.setAttribute("aria-label", "Find lessons and commands");
  dialog.innerHTML = HTML;
  const palette = new Palette(dialog);
  const keys = { kind: "Command", title: "Keys: show the list", run: () => openKeys(document) };
  palette.offer([...commands(document), keys, ...pages()]);
  const before = focused(document);
  // Focus goes back first: what a command does with it then counts.
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus({ preventScroll: true });
    if (palette.taken) go(palette.taken);
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    palette.offer(await course());
  } catch (error) {
    palette.lacks = `The lessons cannot be listed now: ${error.message}.`;
    palette.draw();
  }
}

// In the editor, which is in a shadow root, too.
function focused(document) {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

class Palette {
  taken = null;
  lacks = "";
  #entries = [];
  #shown = [];
  #at = 0;

  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("ul");
    this.sum = dialog.querySelector("[role=status]");
    this.field.addEventListener("input", () => {
      this.#at = 0;
      this.draw();
    });
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.#take([...this.list.children].indexOf(option));
    });
    // The field keeps the focus while options are pressed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  }

  offer(entries) {
    this.#entries.push(...entries);
    this.draw();
  }

  draw() {
    const words = this.field.value.trim();
    const found = words === "" ? this.#entries : find(this.#entries, words);
    this.#shown = found.slice(0, MOST);
    if (words !== "") this.#shown.push(searchFor(words));
    this.list.replaceChildren(...this.#shown.map(draw));
    this.#choose(Math.min(this.#at, this.#shown.length - 1));
    this.sum.textContent = [sumOf(words, found.length), this.lacks].filter(Boolean).join(" ");
  }

  #press(event) {
    const last = this.#shown.length - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      event.preventDefault();
      const next = this.#at + steps[event.key];
      const isStep = Math.abs(steps[event.key]) === 1;
      const around = next < 0 ? last : next > last ? 0 : next;
      this.#choose(isStep ? around : Math.max(0, Math.min(last, next)));
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.#take(this.#at);
    }
  }

  #choose(at) {
    this.#at = at;
    for (const [place, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", `${place === at}`);
    }
    const chosen = this.list.children[at];
    this.field.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  #take(at) {
    this.taken = this.#shown[at] ?? null;
    this.dialog.close();
  }
}

const searchFor = (words) => ({
  kind: "Search",
  title: `Search the lessons’ text for “${words}”`,
  address: `/search?${new URLSearchParams({ q: words })}`,
});

function draw({ title, kind, by }, at) {
  const option = document.createElement("li");
  option.id = `palette-${at}`;
  option.role = "option";
  const name = document.createElement("span");
  name.textContent = title;
  const what = document.createElement("small");
  what.textContent = by ? `${by} · ${kind}` : kind;
  option.append(name, " ", what);
  return option;
}

function sumOf(words, count) {
  if (words === "") return "Type a few letters; the arrow keys choose.";
  if (count === 0) return `No lesson, heading, question or command is called “${words}”.`;
  if (count > MOST) return `${count} found, the best ${MOST} are shown.`;
  return `${count} found.`;
}
