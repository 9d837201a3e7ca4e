// Choosing a row of the wire: a press, or the arrow keys, Home and End; Enter goes to what it shows, Escape lets go. Whoever
// lets go of a row goes on from there.

import { part } from "./parts.js";
import { rowsOf } from "./wire-blocks.js";

// `onChosen` is told of a row or of null, and then `show` brings it in sight.
export function chooseRows(list, { onChosen, show }) {
  let chosen = null;
  // Where the keyboard is.
  let active = null;

  const mark = (row) => {
    active?.removeAttribute("data-active");
    active = row;
    active?.setAttribute("data-active", "");
    if (active) list.setAttribute("aria-activedescendant", active.id);
    else list.removeAttribute("aria-activedescendant");
  };

  const choose = (row) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = row;
    chosen?.setAttribute("aria-selected", "true");
    if (chosen) mark(chosen);
    onChosen(chosen);
    // Last, since the detail takes room from the list.
    show(chosen);
  };

  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(row);
  });

  list.addEventListener("keydown", (event) => {
    const rows = rowsOf(list).filter((row) => !row.hidden);
    const at = rows.indexOf(active);
    const goals = {
      ArrowDown: () => rows[at + 1] ?? rows.at(-1),
      ArrowUp: () => (at < 0 ? rows.at(-1) : (rows[at - 1] ?? rows[0])),
      Home: () => rows[0],
      End: () => rows.at(-1),
      Escape: () => null,
    };
    if (event.key === "Enter" && active) {
      event.preventDefault();
      if (active !== chosen) choose(active);
      part("wire-detail").querySelector("button")?.focus();
    }
    if (!(event.key in goals)) return;
    event.preventDefault();
    choose(goals[event.key]() ?? null);
  });

  part("wire-detail").addEventListener("keydown", ({ key }) => key === "Escape" && choose(null));

  return {
    choose,
    // None of the rows is there any more.
    clear() {
      choose(null);
      mark(null);
    },
    get chosen() {
      return chosen;
    },
  };
}
