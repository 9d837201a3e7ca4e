// Choosing a row of the wire: a press, or the arrow keys, Home and End; Enter goes to what it shows, Escape lets go. `reveal`
// brings a row in sight.

import { part } from "./parts.js";
import { rowsOf } from "./wire-blocks.js";

export function chooseRows(list, onChosen, reveal) {
  let chosen = null;

  const choose = (row) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = row;
    chosen?.setAttribute("aria-selected", "true");
    if (chosen) list.setAttribute("aria-activedescendant", chosen.id);
    else list.removeAttribute("aria-activedescendant");
    onChosen(chosen);
    // Last, since the detail takes room from the list.
    if (chosen) reveal(chosen);
  };

  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(row);
  });

  list.addEventListener("keydown", (event) => {
    const rows = rowsOf(list).filter((row) => !row.hidden);
    const at = rows.indexOf(chosen);
    const goals = {
      ArrowDown: () => rows[at + 1] ?? rows.at(-1),
      ArrowUp: () => (at < 0 ? rows.at(-1) : (rows[at - 1] ?? rows[0])),
      Home: () => rows[0],
      End: () => rows.at(-1),
      Escape: () => null,
    };
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      part("wire-detail").querySelector("button")?.focus();
    }
    if (!(event.key in goals)) return;
    event.preventDefault();
    choose(goals[event.key]() ?? null);
  });

  return {
    choose,
    get chosen() {
      return chosen;
    },
  };
}
