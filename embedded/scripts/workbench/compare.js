// Another text beside one's code: which files differ, where, and one piece after the other to use.

import { Sides } from "./compare/sides.js";
import { takeFile, takePiece } from "./compare/take.js";
import {
  fileInWords,
  lackInWords,
  optionInWords,
  restInWords,
  sumInWords,
  takeInWords,
} from "./compare/words.js";
import { readable } from "./contents.js";
import { Alignment } from "./editor/alignment.js";
import { announce, make, part } from "./parts.js";
import { openReader } from "./reader.js";

export const openComparison = (parts) => new ComparePane(parts);

class ComparePane {
  #pane = part("compare");
  #choice = part("compare-file");
  #take = part("compare-take");
  #reader = openReader(part("compare-editor"));
  // None while nothing is compared.
  #sides = null;
  #opener = null;
  // The file that is looked at, and the tab that was chosen when it was drawn last.
  #file = null;
  #tab = null;
  #pieces = [];
  #at = 0;

  constructor({ project, editor, files, tell }) {
    Object.assign(this, { project, editor, files, tell });
    this.alignment = new Alignment(editor.view, this.#reader.view);
    this.#listen();
  }

  get shown() {
    return this.#sides?.source.key ?? null;
  }

  // `source` is as in comparison.js.
  show(source) {
    this.#sides = new Sides(this.project, source);
    this.#opener = document.activeElement;
    this.#pane.hidden = false;
    const { chosen } = this.files;
    this.#tab = this.#file = chosen;
    const [first] = this.#sides.differing();
    this.#look(first && this.#sides.kindOf(chosen) === "same" ? first : chosen);
    this.tell();
    part("compare-next").focus();
  }

  close() {
    if (!this.#sides) return;
    const hadFocus = this.#pane.contains(document.activeElement);
    this.#sides = null;
    this.#pane.hidden = true;
    this.draw();
    this.tell();
    if (!hadFocus) return;
    const tab = part("files").querySelector("[aria-selected=true]");
    const isThere = this.#opener !== document.body && this.#opener?.checkVisibility();
    (isThere ? this.#opener : tab)?.focus();
  }

  draw() {
    this.#markTabs();
    if (!this.#sides) return this.alignment.show(null, this.#at);
    const { chosen } = this.files;
    if (chosen !== this.#tab || !this.#sides.has(this.#file)) {
      this.#file = this.#tab = chosen;
      this.#at = 0;
    }
    this.#pieces = this.#sides.piecesOf(this.#file);
    this.#at = Math.min(this.#at, Math.max(0, this.#pieces.length - 1));
    this.#read();
    const isBeside = this.#file === chosen && this.#sides.areTexts(this.#file);
    this.alignment.show(isBeside ? this.#pieces : null, this.#at);
    return this.#drawHead();
  }

  #read() {
    const { source } = this.#sides;
    const text = readable(this.#file, this.#sides.theirs(this.#file)) ?? lackInWords(this.#sides);
    this.#reader.show(`${source.title}: ${this.#file}, to read`, this.#file, text);
  }

  #drawHead() {
    const [sides, file] = [this.#sides, this.#file];
    const { title, all } = sides.source;
    this.#pane.ariaLabel = title;
    part("compare-title").textContent = title;
    const names = sides.differing();
    const listed = names.includes(file) ? names : [file, ...names];
    const option = (name) =>
      make("option", { value: name, selected: name === file }, optionInWords(sides, name));
    this.#choice.replaceChildren(...listed.map(option));
    part("compare-sum").textContent = sumInWords(sides);
    part("compare-words").textContent = this.#words();
    this.#take.textContent = takeInWords(sides, file);
    this.#take.ariaDisabled = `${sides.kindOf(file) === "same"}`;
    for (const name of ["compare-previous", "compare-next"]) {
      part(name).ariaDisabled = `${this.#pieces.length < 2}`;
    }
    part("compare-all").hidden = all === null || names.length === 0;
    part("compare-all").textContent = all?.label ?? "";
  }

  #words() {
    return fileInWords(this.#sides, this.#file, this.#pieces, this.#at);
  }

  #markTabs() {
    const sides = this.#sides;
    for (const each of part("files").children) {
      const isMarked = sides !== null && sides.kindOf(each.dataset.name) !== "same";
      each.toggleAttribute("data-differs", isMarked);
      each.ariaDescription = isMarked ? `differs from ${sides.source.other}` : null;
    }
  }

  #look(name) {
    this.#at = 0;
    this.#file = name;
    if (this.project.has(name)) this.files.show(name);
    else this.draw();
    this.#reveal();
  }

  #reveal() {
    if (this.#pieces.length > 0) this.alignment.reveal(this.#pieces[this.#at]);
  }

  #step(by) {
    const { length } = this.#pieces;
    if (length < 2) return;
    this.#at = (this.#at + by + length) % length;
    this.draw();
    this.#reveal();
  }

  #use() {
    const [sides, file] = [this.#sides, this.#file];
    if (sides.kindOf(file) === "same") return;
    if (this.#pieces.length === 0) return takeFile({ ...this, sides }, file);
    takePiece(this.editor, sides.theirs(file), this.#pieces[this.#at]);
    this.#reveal();
    announce(`${file} now has this text. ${this.#words()}${restInWords(sides, file)}`);
  }

  // A line of the reader that is clicked chooses its piece.
  #chooseAt({ clientX: x, clientY: y }) {
    const offset = this.#reader.view.posAtCoords({ x, y });
    if (offset === null) return;
    const line = this.#reader.view.state.doc.lineAt(offset).number - 1;
    const found = this.#pieces.findIndex(({ other }) => other.from <= line && line < other.to);
    if (found < 0) return;
    this.#at = found;
    this.draw();
  }

  #listen() {
    const onClick = (name, act) => part(name).addEventListener("click", act);
    this.#choice.addEventListener("change", () => this.#look(this.#choice.value));
    onClick("compare-previous", () => this.#step(-1));
    onClick("compare-next", () => this.#step(1));
    onClick("compare-take", () => this.#use());
    onClick("compare-all", () => this.#sides.source.all.act());
    onClick("compare-close", () => this.close());
    onClick("compare-editor", (event) => this.#chooseAt(event));
    this.#pane.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    this.project.addEventListener("change", () => this.#sides && this.draw());
  }
}
