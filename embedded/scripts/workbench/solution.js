// The solution, or one's own code that passed the challenge, beside one's code, to read; it never takes its
// place.

import { isText, readable, sameContents } from "./contents.js";
import { announce, part, sentence } from "./parts.js";

export function showSolution({ request, address, files, project }) {
  const pane = part("solution-pane");
  const sources = [
    {
      button: part("solution"),
      path: "solution",
      title: "Solution",
      other: "the solution",
      hides: "Hide solution",
    },
    {
      button: document.querySelector("[data-passed-code]"),
      path: "passed",
      title: "Your code that passed",
      other: "the code that passed",
      hides: "Hide the code that passed",
    },
  ].filter(({ button }) => button);
  for (const source of sources) source.shows = source.button.textContent;
  // What is shown, and its files by name.
  let shown = null;
  let reader = null;

  const differs = (name) => !sameContents(shown.files[name], project.contents(name));

  const draw = () => {
    markTabs();
    for (const source of sources) {
      source.button.setAttribute("aria-pressed", `${source === shown}`);
      source.button.textContent = source === shown ? source.hides : source.shows;
    }
    pane.hidden = shown === null;
    if (!shown) return;
    const name = files.chosen;
    pane.ariaLabel = shown.title;
    part("solution-title").textContent = shown.title;
    part("solution-file").textContent = name ?? "";
    const theirs = shown.files[name] ?? null;
    part("solution-words").textContent = wordsFor(theirs, differs(name));
    reader.show(name, readable(name, theirs), project.text(name));
  };

  const wordsFor = (theirs, isOther) => {
    if (!isOther) return "the same as yours.";
    return isText(theirs) ? "to read. Marked lines differ from yours." : "not the same as yours.";
  };

  const markTabs = () => {
    for (const tab of part("files").children) {
      const isMarked = shown !== null && differs(tab.dataset.name);
      tab.toggleAttribute("data-differs", isMarked);
      tab.ariaDescription = isMarked ? `differs from ${shown.other}` : null;
    }
  };

  const toggle = async (source) => {
    if (source === shown) {
      shown = null;
      return draw();
    }
    if (!source.files) {
      const { ok, answer } = await request("GET", `${address}/${source.path}`);
      if (!ok) return announce(sentence(answer.error));
      source.files = answer.files;
      const { openReader } = await import("./reader.js");
      reader ??= openReader(part("solution-editor"));
    }
    shown = source;
    pane.hidden = false;
    // Begins where there is something to compare.
    const first = differs(files.chosen) ? files.chosen : project.names.find(differs);
    if (first && first !== files.chosen) files.show(first);
    return draw();
  };

  for (const source of sources) source.button.addEventListener("click", () => toggle(source));
  project.addEventListener("change", draw);
  return { draw };
}
