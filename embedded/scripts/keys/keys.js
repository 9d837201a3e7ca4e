// The list of keys, of the page that is open.

import { isKeyOn, setKey } from "./question-mark.js";

const MOD = /Mac|iP/.test(navigator.platform) ? "Cmd" : "Ctrl";

const EVERYWHERE = [
  [[`${MOD}+K`], "finds lessons, headings, questions to do, and commands"],
  [["?"], "shows these keys"],
];
const WORKBENCH = [
  [["Shift+Enter", `${MOD}+S`], "run your code, from the editor too"],
  [["Escape"], "leaves the editor; then Tab goes on, and Shift+Tab goes back in"],
  [
    ["Tab", "Shift+Tab"],
    "indent, once you have typed or clicked in the editor; before that they go on",
  ],
  [[`${MOD}+F`], "finds and replaces in the file"],
  [[`${MOD}+I`], "explains what stands at the caret"],
  [["F8"], "goes to the next fault or hint"],
  [["F2", "Delete"], "rename and delete a file, at its tab"],
  [
    ["Arrow keys", "Home", "End"],
    "choose among tabs, rows of the wire and faults, and move the separators between panes",
  ],
  [["Enter"], "puts a separator back"],
];

export function showKeys(document) {
  const dialog = document.createElement("dialog");
  dialog.className = "over keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML = `<h2 id="keys-title" tabindex="-1">Keys</h2><p><label><input type="checkbox"> A question mark alone
    shows this</label></p><form method="dialog"><button class="primary">Close</button></form>`;
  dialog.querySelector("h2").after(list(document, "On every page", EVERYWHERE));
  if (document.getElementById("workbench")) {
    dialog.querySelector("section").after(list(document, "In the workbench", WORKBENCH));
  }
  const box = dialog.querySelector("[type=checkbox]");
  box.checked = isKeyOn();
  box.addEventListener("change", () => setKey(box.checked));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  // The list is longer than a small screen, so reading begins at its head.
  dialog.querySelector("h2").focus();
}

function list(document, title, rows) {
  const section = document.createElement("section");
  const heading = document.createElement("h3");
  heading.textContent = title;
  const all = document.createElement("dl");
  for (const [keys, words] of rows) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    for (const key of keys) {
      const name = document.createElement("kbd");
      name.textContent = key;
      term.append(name, " ");
    }
    const what = document.createElement("dd");
    what.textContent = words;
    row.append(term, what);
    all.append(row);
  }
  section.append(heading, all);
  return section;
}
