// Small things that every part of the workbench writes with.

import { dateOf, timeOf } from "./time-of.js";

export { sizeOf, spanOf } from "./size-of.js";
export { timeOf };

export const bench = document.getElementById("workbench");
export const part = (name) => bench.querySelector(`[data-${name}]`);

// An element with attributes and children; text is always text.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// What stands between backquotes is code.
export const coded = (words) =>
  words.split(/`([^`]*)`/).map((each, at) => (at % 2 ? make("code", {}, each) : each));

const announcer = part("announcer");

// Tells a screen reader, without moving anything.
export function announce(words) {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = words), 50);
}

// A sentence begins with a capital and ends with a full stop, wherever it came from. What begins with a name of code or
// of a file, such as server.js, keeps its letter.
export function sentence(text) {
  if (!text) return "";
  const first = /^\S*[\w)][./]\w/.test(text) ? text[0] : text[0].toUpperCase();
  return first + text.slice(1) + (/[.!?…]”?$/.test(text) ? "" : ".");
}

export const timed = (at, ...words) =>
  make("time", { datetime: dateOf(at).toISOString() }, ...(words.length ? words : [timeOf(at)]));
