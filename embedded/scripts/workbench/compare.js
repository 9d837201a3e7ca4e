// Another text beside one's code: which files differ, where, and one piece after the other to take over.

import { sameContents, isText, readable } from "./contents.js";
import { Alignment } from "./editor/alignment.js";
import { linesInWords, piecesOf, takingOver, textOf } from "./editor/pieces.js";
import { offerUndo } from "./notice.js";
import { announce, make, part } from "./parts.js";
import { openReader } from "./reader.js";

const MARK = { new: "you do not have it", gone: "not in it", other: "differs", same: "the same" };

export function openComparison({ project, editor, files, tell }) {
  const pane = part("compare");
  const choice = part("compare-file");
  const take = part("compare-take");
  const reader = openReader(part("compare-editor"));
  const alignment = new Alignment(editor.view, reader.view);
  // What is compared with; the file that is looked at; the tab that was chosen when it was drawn last.
  let source = null;
  let file = null;
  let tab = null;
  let pieces = [];
  let at = 0;

  const theirs = (name) => source.files[name];
  const mine = (name) => project.contents(name);

  // How a file of one or the other stands: new, gone, other, same.
  const kindOf = (name) => {
    if (mine(name) === undefined) return "new";
    if (theirs(name) === undefined) return "gone";
    return sameContents(mine(name), theirs(name)) ? "same" : "other";
  };
  const differing = () => {
    const names = [...new Set([...project.names, ...Object.keys(source.files).sort()])];
    return names.filter((name) => kindOf(name) !== "same");
  };
  const hasPieces = () =>
    kindOf(file) === "other" && isText(mine(file)) && isText(theirs(file)) && pieces.length > 0;

  const findPieces = () => {
    if (kindOf(file) !== "other" || !isText(mine(file)) || !isText(theirs(file))) return [];
    return piecesOf(textOf(mine(file)), textOf(theirs(file)));
  };

  const draw = () => {
    markTabs();
    if (!source) return alignIfShown(null);
    if (files.chosen !== tab || (mine(file) ?? theirs(file)) === undefined) {
      file = tab = files.chosen;
      at = 0;
    }
    pieces = findPieces();
    at = Math.min(at, Math.max(0, pieces.length - 1));
    const text = readable(file, theirs(file)) ?? `${capital(source.other)} has no such file.`;
    reader.show(`${source.title}: ${file}, to read`, file, text);
    const isBeside = file === files.chosen && isText(mine(file));
    alignIfShown(isBeside && isText(theirs(file)) ? pieces : null);
    drawHead();
  };

  const alignIfShown = (shown) => alignment.show(shown, at);

  const drawHead = () => {
    pane.ariaLabel = source.title;
    part("compare-title").textContent = source.title;
    const names = differing();
    const listed = names.includes(file) ? names : [file, ...names];
    const option = (name) =>
      make("option", { value: name, selected: name === file }, `${name} (${MARK[kindOf(name)]})`);
    choice.replaceChildren(...listed.map(option));
    part("compare-sum").textContent = sumOf(names);
    part("compare-words").textContent = wordsFor();
    const canTake = kindOf(file) !== "same";
    take.textContent =
      { new: "Add this file", gone: "Remove this file" }[kindOf(file)] ?? "Take over";
    take.ariaDisabled = `${!canTake}`;
    for (const name of ["compare-previous", "compare-next"]) {
      part(name).ariaDisabled = `${pieces.length < 2}`;
    }
    part("compare-all").hidden = source.all === null || names.length === 0;
    part("compare-all").textContent = source.all?.label ?? "";
  };

  // Which files are new or gone, in a sentence.
  const sumOf = (names) => {
    if (names.length === 0) return "All files are the same as yours.";
    const of = (kind) => names.filter((name) => kindOf(name) === kind);
    const count = names.length === 1 ? "1 file differs." : `${names.length} files differ.`;
    const added = of("new").length > 0 ? ` Only in ${source.other}: ${of("new").join(", ")}.` : "";
    const gone = of("gone").length > 0 ? ` Only yours: ${of("gone").join(", ")}.` : "";
    return count + added + gone;
  };

  const wordsFor = () => {
    const kind = kindOf(file);
    if (kind === "same") return "The same as yours.";
    if (kind === "new") return "You do not have this file.";
    if (kind === "gone") return `${capital(source.other)} does not have this file.`;
    if (!isText(mine(file)) || !isText(theirs(file))) return "Not the same as yours.";
    if (pieces.length === 0) return "Only the ends of lines are written otherwise.";
    const { own, other } = pieces[at];
    const place = `Difference ${at + 1} of ${pieces.length}`;
    return `${place}: yours, ${linesInWords(own)}; here, ${linesInWords(other)}.`;
  };

  const markTabs = () => {
    for (const each of part("files").children) {
      const isMarked = source !== null && kindOf(each.dataset.name) !== "same";
      each.toggleAttribute("data-differs", isMarked);
      each.ariaDescription = isMarked ? `differs from ${source.other}` : null;
    }
  };

  const look = (name) => {
    at = 0;
    file = name;
    if (project.has(name)) files.show(name);
    else draw();
    if (hasPieces()) alignment.reveal(pieces[at]);
  };

  const step = (by) => {
    if (pieces.length < 2) return;
    at = (at + by + pieces.length) % pieces.length;
    draw();
    alignment.reveal(pieces[at]);
  };

  const takePiece = () => {
    const { doc } = editor.view.state;
    const changes = takingOver(doc, textOf(theirs(file)), pieces[at]);
    editor.view.dispatch({ changes, userEvent: "input.take" });
    if (hasPieces()) alignment.reveal(pieces[at]);
    const left = differing().filter((name) => name !== file);
    const next = left.length > 0 ? ` ${left[0]} still differs.` : " Nothing differs any more.";
    announce(`Taken over. ${wordsFor()}${kindOf(file) === "same" ? next : ""}`);
  };

  const takeFile = () => {
    const [name, kind, before] = [file, kindOf(file), mine(file)];
    const others = project.files;
    if (kind === "gone") delete others[name];
    project.replaceAll(kind === "gone" ? others : { ...others, [name]: theirs(name) });
    if (kind !== "gone") files.show(name);
    const words = { new: "added", gone: "removed" }[kind] ?? "taken over";
    offerUndo(`${name} is ${words}.`, () => {
      const rest = project.files;
      delete rest[name];
      project.replaceAll(before === undefined ? rest : { ...rest, [name]: before });
      if (before !== undefined) files.show(name);
    });
  };

  const close = () => {
    if (!source) return;
    const { opener } = source;
    const hadFocus = pane.contains(document.activeElement);
    source = null;
    pane.hidden = true;
    draw();
    tell();
    if (hadFocus)
      (opener?.isConnected ? opener : part("files").querySelector("[aria-selected=true]"))?.focus();
  };

  choice.addEventListener("change", () => look(choice.value));
  part("compare-previous").addEventListener("click", () => step(-1));
  part("compare-next").addEventListener("click", () => step(1));
  take.addEventListener("click", () => {
    if (kindOf(file) === "same") return;
    if (hasPieces()) takePiece();
    else takeFile();
  });
  part("compare-all").addEventListener("click", () => source.all.act());
  part("compare-close").addEventListener("click", close);
  pane.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  // A line of the reader that is clicked chooses its piece.
  part("compare-editor").addEventListener("click", ({ clientX: x, clientY: y }) => {
    const offset = reader.view.posAtCoords({ x, y });
    if (offset === null || !hasPieces()) return;
    const line = reader.view.state.doc.lineAt(offset).number - 1;
    const found = pieces.findIndex(({ other }) => other.from <= line && line < other.to);
    if (found < 0) return;
    at = found;
    draw();
  });
  project.addEventListener("change", () => source && draw());

  return {
    get shown() {
      return source?.key ?? null;
    },
    show(wanted) {
      source = { ...wanted, opener: document.activeElement };
      pane.hidden = false;
      tab = files.chosen;
      const [first] = differing();
      file = files.chosen;
      if (first && kindOf(file) === "same") look(first);
      else look(file);
      tell();
      part("compare-next").focus();
    },
    close,
    draw,
  };
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
