// The solution beside one's own code, to read; it never takes its place.

import { announce, part, sentence } from "./parts.js";

export function showSolution({ request, address, files, project }) {
  const pane = part("solution-pane");
  const button = part("solution");
  let solution = null;
  let reader = null;

  const differs = (name) => (solution[name] ?? null) !== project.text(name);

  const draw = () => {
    markTabs();
    if (pane.hidden) return;
    const name = files.chosen;
    part("solution-file").textContent = name ?? "";
    part("solution-words").textContent = differs(name)
      ? "to read. Marked lines differ from yours."
      : "the same as yours.";
    reader.show(name, solution[name] ?? null, project.text(name));
  };

  const markTabs = () => {
    for (const tab of part("files").children) {
      const isMarked = !pane.hidden && differs(tab.dataset.name);
      tab.toggleAttribute("data-differs", isMarked);
      tab.ariaDescription = isMarked ? "differs from the solution" : null;
    }
  };

  // Begins where there is something to compare.
  const open = () => {
    pane.hidden = false;
    const first = differs(files.chosen) ? files.chosen : project.names.find(differs);
    if (first && first !== files.chosen) files.show(first);
  };

  const toggle = async () => {
    if (!solution) {
      const { ok, answer } = await request("GET", `${address}/solution`);
      if (!ok) return announce(sentence(answer.error));
      solution = answer.files;
      const { openReader } = await import("./reader.js");
      reader = openReader(part("solution-editor"));
    }
    if (pane.hidden) open();
    else pane.hidden = true;
    button.setAttribute("aria-pressed", `${!pane.hidden}`);
    button.textContent = pane.hidden ? "Solution" : "Hide solution";
    return draw();
  };

  button.addEventListener("click", toggle);
  project.addEventListener("change", draw);
  return { draw };
}
