// Files from the learner's computer: chosen, or dropped on the code. What does not fit is said, and the rest is there;
// a file that was replaced can be brought back.

import { chooseFiles } from "./choose-files.js";
import { notice, offerUndo } from "./notice.js";
import { refuseName, refuseSize } from "./names.js";
import { announce, bench, part, sentence } from "./parts.js";
import { plainName, takeFile } from "./taken.js";

export function offerFiles({ project, files }) {
  const choose = async () => add(await chooseFiles({ multiple: true }));

  const add = async (chosen) => {
    if (!chosen.length) return;
    const { taken, refused } = await takeAll(chosen, project);
    const names = Object.keys(taken);
    const before = project.files;
    project.replaceAll({ ...before, ...taken });
    if (names.length) files.show(names.at(-1));
    tell({ names, refused, replaced: names.filter((name) => Object.hasOwn(before, name)), before });
  };

  let told = null;

  // What was replaced and what was refused are two things to say, each with something to do.
  const tell = ({ names, refused, replaced, before }) => {
    told?.remove();
    if (replaced.length)
      offerUndo(`${listed(replaced)} replaced.`, () => bringBack(replaced, before));
    if (refused.length) {
      const more = refused.length > 1 ? ` ${refused.length - 1} more could not be added.` : "";
      told = notice(sentence(refused[0]) + more, "Choose others", choose);
    }
    if (!replaced.length && !refused.length) announce(`${listed(names)} added.`);
  };

  const bringBack = (names, before) => {
    const old = names.map((name) => [name, before[name]]);
    project.replaceAll({ ...project.files, ...Object.fromEntries(old) });
    files.show(names.at(-1));
  };

  part("file-upload").addEventListener("click", choose);
  takeDropped(bench.querySelector(".code"), add);
  refuseOthers();
}

// Gives the contents that fit by their names, and a sentence for each file that does not.
async function takeAll(chosen, project) {
  const taken = {};
  const refused = [];
  for (const file of chosen) {
    const name = plainName(file.name);
    const all = { ...project.files, ...taken };
    const own = Object.hasOwn(all, name) ? name : null;
    let reason = refuseName(name, Object.keys(all), own);
    if (!reason) {
      const found = await takeFile(name, file);
      reason = found.refused ?? refuseSize({ ...all, [name]: found.contents });
      if (!reason) taken[name] = found.contents;
    }
    if (reason) refused.push(reason);
  }
  return { taken, refused };
}

const listed = (names) =>
  names.length === 1
    ? `${names[0]} is`
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are`;

const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

// A file that misses the code would take the page's place in the browser.
function refuseOthers() {
  for (const type of ["dragover", "drop"]) {
    window.addEventListener(type, (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    });
  }
}

// Before the editor, which would take the file's text for what is typed.
function takeDropped(place, add) {
  const listen = (type, act) =>
    place.addEventListener(
      type,
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        act(event);
      },
      { capture: true },
    );

  listen("dragover", ({ dataTransfer }) => {
    dataTransfer.dropEffect = "copy";
    place.toggleAttribute("data-dropping", true);
  });
  listen("dragleave", ({ relatedTarget }) =>
    place.toggleAttribute("data-dropping", place.contains(relatedTarget)),
  );
  listen("drop", ({ dataTransfer }) => {
    place.toggleAttribute("data-dropping", false);
    add([...dataTransfer.files]);
  });
}
