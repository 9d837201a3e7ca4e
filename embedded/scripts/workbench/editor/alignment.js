// Two editors side by side whose equal lines stand at one height: what is shorter gets a space below it, pieces that
// differ are marked, and one scrolls with the other.
//
// Heights are those that the editors have, so what stands between lines on one side alone, such as a fault, has its
// space on the other.

import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

const setMarks = StateEffect.define();
const marks = StateField.define({
  create: () => Decoration.none,
  update(set, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Space extends WidgetType {
  constructor(height) {
    super();
    this.height = height;
  }

  get estimatedHeight() {
    return this.height;
  }

  eq(other) {
    return other.height === this.height;
  }

  updateDOM(box) {
    box.style.height = `${this.height}px`;
    return true;
  }

  toDOM() {
    const box = document.createElement("div");
    box.className = "cm-space";
    box.setAttribute("aria-hidden", "true");
    this.updateDOM(box);
    return box;
  }

  ignoreEvent() {
    return true;
  }
}

// Differences of less come from rounding, in pixels.
const LEAST = 1;
// In so many frames the editors have measured what is new in sight.
const SETTLE_FRAMES = 4;

export class Alignment {
  #own;
  #other;
  #pieces = null;
  #chosen = -1;
  #frame = null;

  constructor(own, other) {
    this.#own = own;
    this.#other = other;
    this.#scrollTogether();
  }

  // From now on these pieces are marked, of which the one at the place `chosen` more; with null none are.
  show(pieces, chosen = -1) {
    this.#pieces = pieces;
    this.#chosen = chosen;
    for (const view of [this.#own, this.#other]) this.#prepare(view);
    this.#align();
  }

  // Has a piece be in sight on both sides, also once lines that were never drawn have their height.
  reveal(piece, frames = SETTLE_FRAMES) {
    if (!this.#pieces?.includes(piece)) return;
    this.#see(piece);
    if (frames > 0) requestAnimationFrame(() => this.reveal(piece, frames - 1));
  }

  #see({ own, other }) {
    const at = (view, line) => view.state.doc.line(Math.min(line + 1, view.state.doc.lines)).from;
    const see = (view, line) =>
      view.dispatch({ effects: EditorView.scrollIntoView(at(view, line), { y: "center" }) });
    // The longer side says where it is; the other one follows.
    if (own.to - own.from > other.to - other.from) see(this.#own, own.from);
    else see(this.#other, other.from);
  }

  // Each file has a state of its own, which does not know of this yet.
  #prepare(view) {
    if (view.state.field(marks, false)) return;
    const heights = EditorView.updateListener.of((update) => {
      if (update.heightChanged || update.geometryChanged) this.#later();
    });
    view.dispatch({ effects: StateEffect.appendConfig.of([marks, heights]) });
  }

  #later() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#pieces) this.#align();
    });
  }

  #align() {
    const sides = [
      { view: this.#own, side: "own", spaces: new Map() },
      { view: this.#other, side: "other", spaces: new Map() },
    ];
    const [own, other] = sides;
    let before = [0, 0];
    for (const lines of this.#meetings()) {
      const heights = sides.map(({ view }, at) => heightOf(view, before[at], lines[at]));
      const lack = heights[1] - heights[0];
      if (lack >= LEAST) own.spaces.set(lines[0], lack);
      if (-lack >= LEAST) other.spaces.set(lines[1], -lack);
      before = lines;
    }
    for (const { view, side, spaces } of sides) {
      const wanted = this.#decorations(view.state.doc, side, spaces);
      if (!isSame(view.state.field(marks), wanted)) {
        view.dispatch({ effects: setMarks.of(wanted) });
      }
    }
  }

  // Pairs of lines that are to stand at one height.
  #meetings() {
    const ends = [this.#own.state.doc.lines, this.#other.state.doc.lines];
    if (!this.#pieces) return [];
    const starts = this.#pieces.flatMap(({ own, other }) => [
      [own.from, other.from],
      [own.to, other.to],
    ]);
    return [...starts, ends].filter(
      ([own], at, all) => at === 0 || own !== all[at - 1][0] || all[at][1] !== all[at - 1][1],
    );
  }

  #decorations(doc, side, spaces) {
    const classes = new Map();
    for (const [at, piece] of (this.#pieces ?? []).entries()) {
      const name = `cm-differs ${side === "own" ? "cm-own" : ""} ${at === this.#chosen ? "cm-chosen" : ""}`;
      for (let line = piece[side].from; line < piece[side].to; line += 1) classes.set(line, name);
    }
    const set = new RangeSetBuilder();
    const space = (height, place) =>
      Decoration.widget({ widget: new Space(height), block: true, side: place });
    for (const line of [...new Set([...classes.keys(), ...spaces.keys()])].sort((a, b) => a - b)) {
      if (line >= doc.lines) continue;
      const { from } = doc.line(line + 1);
      if (spaces.has(line)) set.add(from, from, space(spaces.get(line), -1));
      if (classes.has(line)) set.add(from, from, Decoration.line({ class: classes.get(line) }));
    }
    if (spaces.has(doc.lines)) set.add(doc.length, doc.length, space(spaces.get(doc.lines), 1));
    return set.finish();
  }

  #scrollTogether() {
    // What a side is told to scroll to, so that it is not told back.
    const told = new Map();
    const follow = (from, to) =>
      from.scrollDOM.addEventListener("scroll", () => {
        const { scrollTop } = from.scrollDOM;
        const echo = told.get(from);
        told.delete(from);
        if (!this.#pieces || Math.abs(echo - scrollTop) <= 1) return;
        if (Math.abs(to.scrollDOM.scrollTop - scrollTop) <= 1) return;
        to.scrollDOM.scrollTop = scrollTop;
        told.set(to, to.scrollDOM.scrollTop);
      });
    follow(this.#own, this.#other);
    follow(this.#other, this.#own);
  }
}

// How high the lines from one to another are, without the spaces among them. A space belongs to the line below it.
function heightOf(view, from, to) {
  const { doc } = view.state;
  const start = from < doc.lines ? doc.line(from + 1).from : doc.length;
  const end = to < doc.lines ? doc.line(to + 1).from : doc.length + 1;
  const top = (at) =>
    at > doc.length ? view.lineBlockAt(doc.length).bottom : view.lineBlockAt(at).top;
  if (from >= doc.lines || start === end) return 0;
  let height = top(end) - top(start);
  view.state.field(marks).between(start, Math.min(end, doc.length), (at, _, { spec }) => {
    if (spec.widget && at >= start && at < end) height -= spec.widget.height;
  });
  return height;
}

function isSame(a, b) {
  const parts = (set) => {
    const found = [];
    set.between(0, Infinity, (at, _, { spec }) => {
      found.push(`${at} ${spec.class ?? Math.round(spec.widget.height)}`);
    });
    return found.join("\n");
  };
  return a.size === b.size && parts(a) === parts(b);
}
