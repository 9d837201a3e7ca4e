// Notices above the code that offer something to do. What can be undone stays until it is, or is dismissed; of the others
// one replaces the one that offers the same, and goes when what it speaks of is over.

import { announce, part } from "./parts.js";

const box = part("notice");
const template = part("notice-line");
// By what they offer.
const passing = new Map();

// Gives its element.
export function notice(words, label, run) {
  passing.get(label)?.remove();
  const line = add(words, label, run);
  passing.set(label, line);
  return line;
}

// `forget` is called when it is dismissed. Gives its element.
export const offerUndo = (words, undo, { label = "Undo", forget } = {}) =>
  add(words, label, undo, forget);

// Takes a notice away that is no longer so.
export function dismiss(words) {
  for (const line of box.querySelectorAll(".bench-notice"))
    if (line.querySelector("p").textContent === words) line.remove();
}

function add(words, label, run, forget) {
  const line = template.content.firstElementChild.cloneNode(true);
  const [act, close] = line.querySelectorAll("button");
  line.querySelector("p").textContent = words;
  act.textContent = label;
  act.setAttribute("aria-description", words);
  act.addEventListener("click", async () => {
    line.remove();
    await run();
    keepFocus();
  });
  close.addEventListener("click", () => {
    line.remove();
    forget?.();
    keepFocus();
  });
  box.prepend(line);
  box.scrollTop = 0;
  announce(`${words} ${label} is offered above the code.`);
  return line;
}

// Whoever pressed a button that is gone goes on at the file that is shown: what was brought back is.
function keepFocus() {
  if (document.activeElement !== document.body) return;
  part("files").querySelector("[aria-selected=true]")?.focus();
}
