// The solution beside one's own code, to read; it never takes its place.

import { announce, part, sentence } from "./parts.js";

export function showSolution({ request, address, files, project }) {
  const pane = part("solution-pane");
  const button = part("solution");
  let solution = null;
  let reader = null;

  const draw = () => {
    if (pane.hidden) return;
    const name = files.chosen;
    part("solution-file").textContent = name ?? "";
    reader.show(name, solution[name] ?? null, project.text(name));
  };

  const toggle = async () => {
    if (!solution) {
      const { ok, answer } = await request("GET", `${address}/solution`);
      if (!ok) return announce(sentence(answer.error));
      solution = answer.files;
      const { openReader } = await import("./reader.js");
      reader = openReader(part("solution-editor"));
    }
    pane.hidden = !pane.hidden;
    button.setAttribute("aria-pressed", `${!pane.hidden}`);
    button.textContent = pane.hidden ? "Solution" : "Hide solution";
    return draw();
  };

  button.addEventListener("click", toggle);
  project.addEventListener("change", draw);
  return { draw };
}
