// The tabs of the files: choose, add, rename, delete.

import { askName } from "./ask.js";
import { showBinary } from "./binary.js";
import { refuseKind, refuseName, tidyName } from "./names.js";
import { offerUndo } from "./notice.js";
import { announce, make, part } from "./parts.js";
import { rove } from "./rove.js";
import { mayHaveServer } from "./server-file.js";

const NO_SERVER = " The project has no server any more: its files are served as they are.";
// Longer names may be cut in their tabs.
const LONG = 16;

// A name as its tab shows it: where there is no room for all, the folders give way first.
function pathOf(name) {
  const at = name.lastIndexOf("/") + 1;
  const folders = at > 0 ? make("span", { class: "folders" }, name.slice(0, at)) : null;
  return [folders, make("span", { class: "file" }, name.slice(at))];
}

export function showFiles({ project, editor, onShow }) {
  const list = part("files");
  let chosen = project.names[0];

  const draw = () => {
    if (!project.has(chosen)) chosen = project.names[0];
    const tabs = project.names.map((name) => {
      const on = name === chosen;
      const attributes = {
        type: "button",
        role: "tab",
        id: `bench-file-${name}`,
        "aria-controls": project.isText(name) ? "bench-file" : "bench-binary",
        "aria-label": name,
        title: name.length > LONG ? name : null,
      };
      return make(
        "button",
        { ...attributes, "aria-selected": `${on}`, tabindex: on ? 0 : -1, "data-name": name },
        ...pathOf(name),
      );
    });
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...tabs);
    const tab = tabs[project.names.indexOf(chosen)];
    if (focused) tab?.focus();
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
    part("editor").setAttribute("aria-labelledby", `bench-file-${chosen}`);
    part("file-rename").disabled = part("file-delete").disabled = !chosen;
  };

  // A text in the editor, other files beside it.
  const place = (name) => {
    const isText = name === null || project.isText(name);
    editor.show(isText ? name : null);
    binary.show(isText ? null : name);
  };

  const show = (name) => {
    if (!project.has(name)) return;
    chosen = name;
    draw();
    place(name);
    onShow(name);
  };

  const add = async () => {
    const refuse = (wish) => refuseName(tidyName(wish), project.names);
    const wish = await askName("Add a file", "", "Add", refuse);
    if (wish === null) return;
    const name = tidyName(wish);
    project.write(name, "");
    show(name);
    editor.focus();
  };

  const rename = async () => {
    const from = chosen;
    const refuse = (wish) =>
      refuseName(tidyName(wish), project.names, from) ??
      refuseKind(tidyName(wish), project.contents(from));
    const wish = await askName(`Rename ${from}`, from, "Rename", refuse);
    if (wish === null || !project.has(from)) return;
    const to = tidyName(wish);
    editor.rename(from, to);
    chosen = to;
    project.rename(from, to);
    show(to);
    announce(`${from} is now ${to}.`);
  };

  const remove = () => {
    const [name, contents, before] = [chosen, project.contents(chosen), project.files];
    project.remove(name);
    const isLast = mayHaveServer(before) && !mayHaveServer(project.files);
    offerUndo(`${name} is deleted.${isLast ? NO_SERVER : ""}`, () => {
      if (!project.has(name)) project.write(name, contents);
      show(name);
    });
  };

  const removeHere = () => {
    remove();
    list.querySelector("[aria-selected=true]")?.focus();
  };
  const binary = showBinary({ project, remove: removeHere });

  rove(list, (tab) => show(tab.dataset.name));
  list.addEventListener("keydown", (event) => {
    if (event.key === "F2") rename();
    if (event.key === "Delete") remove();
  });
  part("file-add").addEventListener("click", add);
  part("file-rename").addEventListener("click", rename);
  part("file-delete").addEventListener("click", remove);
  project.addEventListener("change", ({ detail }) => {
    if (detail.file !== null) return;
    draw();
    if (chosen) show(chosen);
    else place(null);
  });
  if (chosen) show(chosen);
  else draw();

  return {
    show,
    get chosen() {
      return chosen;
    },
  };
}
