// Steps of a question that are put into their order by buttons, by the arrow keys on them, and by
// dragging. The selects stay as the fields that are sent; without this script they are what is used.

export function orderSteps(document) {
  const enhanceAll = (root) => root.querySelectorAll("[data-steps]").forEach(enhance);
  enhanceAll(document);
  document.addEventListener("htmx:load", ({ detail }) => enhanceAll(detail.elt));
}

function enhance(list) {
  if (list.dataset.steps === "ready") return;
  list.dataset.steps = "ready";
  for (const step of list.querySelectorAll("[data-step]")) {
    step.append(mover(list, step, -1, "Move up", "↑"), mover(list, step, 1, "Move down", "↓"));
    drag(list, step);
  }
  number(list);
}

function mover(list, step, way, words, sign) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "step-move";
  button.dataset.way = way;
  button.textContent = sign;
  button.setAttribute("aria-label", `${words}: ${textOf(step)}`);
  button.addEventListener("click", () => move(list, step, way, button));
  button.addEventListener("keydown", (event) => {
    const ways = { ArrowUp: -1, ArrowDown: 1 };
    if (!ways[event.key]) return;
    event.preventDefault();
    move(list, step, ways[event.key], button);
  });
  return button;
}

function move(list, step, way, button) {
  const other = way < 0 ? step.previousElementSibling : step.nextElementSibling;
  if (!other) return;
  other[way < 0 ? "before" : "after"](step);
  settle(list, step);
  button.focus();
}

// A step that stood marked no longer stands where it was judged.
function settle(list, step) {
  for (const other of list.children) delete other.dataset.mark;
  number(list);
  const place = [...list.children].indexOf(step) + 1;
  say(`${textOf(step)}: place ${place} of ${list.children.length}`);
}

function number(list) {
  [...list.children].forEach((step, at) => {
    step.querySelector("select").value = String(at + 1);
    const [up, down] = step.querySelectorAll(".step-move");
    up.setAttribute("aria-disabled", String(at === 0));
    down.setAttribute("aria-disabled", String(at === list.children.length - 1));
  });
}

// Pointer events, since dragging of HTML elements does not work by touch. Only the handle is dragged, so
// that a finger on the text still scrolls the page.
function drag(list, step) {
  const handle = document.createElement("span");
  handle.className = "step-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  step.prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    step.dataset.dragged = "";
    // A node that is moved loses a capture of the pointer, so the document listens.
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  });
  const follow = (event) => {
    const over = [...list.children].find((other) => holds(other, event.clientY));
    if (!over || over === step) return;
    const below = step.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    over[below ? "after" : "before"](step);
  };
  const end = () => {
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    delete step.dataset.dragged;
    settle(list, step);
  };
}

function holds(step, y) {
  const { top, bottom } = step.getBoundingClientRect();
  return y >= top && y < bottom;
}

const textOf = (step) => step.querySelector(".step-text").textContent.trim();

function say(words) {
  const status = document.getElementById("announcer");
  if (status) status.textContent = words;
}
