// What may be expected of elements: what must hold, how that is said, and what is found instead. `words` say a pattern
// that is no plain text.

import { listed, quoted, wantedWords } from "./words.js";

export const fits = (wanted, text) =>
  wanted instanceof RegExp ? wanted.test(text) : wanted === text;
const holds = (wanted, text) =>
  wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted);
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
const some = (isIt) => (elements) => elements.some(isIt);

const reads = ({ text, visible }) => {
  const words = text ? `reads ${quoted(squeezed(text))}` : "is empty";
  return visible ? words : `${words} and cannot be seen`;
};
const holdsValue = ({ value }) => (value ? `holds ${quoted(value)}` : "is empty");
const isSeen = ({ visible }) => (visible ? "can be seen" : "is there, but cannot be seen");
const hasClasses = ({ attributes: { class: names } }) =>
  names
    ? `has ${names.includes(" ") ? "the classes" : "the class"} ${quoted(names)}`
    : "has no class";
const hasAttribute =
  (name) =>
  ({ attributes }) =>
    name in attributes ? `has ${name}=${quoted(attributes[name])}` : `has no ${name}`;

// What each of them is, of one in a sentence, of several in a list.
const of = (words) => (elements) => {
  if (elements.length === 0) return "there is none";
  if (elements.length === 1) return `it ${words(elements[0])}`;
  const each = elements.map((it, at) => `the ${ORDER[at] ?? "next"} ${words(it)}`);
  return `there are ${elements.length}: ${listed(each)}`;
};
const ORDER = ["first", "second", "third", "fourth", "fifth"];

const often = (count) => ({ 1: "once", 2: "twice" })[count] ?? `${count} times`;

export const OF_ELEMENTS = {
  toBeVisible: () => [some((it) => it.visible), "be seen", of(isSeen)],
  toBeGone: () => [
    (elements) => !elements.some((it) => it.visible),
    "be gone",
    (elements) => of(reads)(elements.filter((it) => it.visible)),
  ],
  toHaveText: (text, words) => [
    some((it) => fits(text, squeezed(it.text))),
    text === "" ? "be empty" : `read ${wantedWords(text, words)}`,
    of(reads),
  ],
  toContainText: (text, words) => [
    some((it) => holds(text, squeezed(it.text))),
    `have ${wantedWords(text, words)} in it`,
    of(reads),
  ],
  toHaveValue: (value, words) => [
    some((it) => fits(value, it.value ?? "")),
    value === "" ? "be empty" : `hold ${wantedWords(value, words)}`,
    of(holdsValue),
  ],
  toHaveAttribute: (name, value, words) => [
    some(
      ({ attributes }) =>
        name in attributes && (value === undefined || fits(value, attributes[name])),
    ),
    `have ${name}${value === undefined ? "" : `=${wantedWords(value, words)}`}`,
    of(hasAttribute(name)),
  ],
  toHaveClass: (name) => [
    some(({ attributes }) => (attributes.class ?? "").split(/\s+/).includes(name)),
    `have the class ${quoted(name)}`,
    of(hasClasses),
  ],
  toHaveCount: (count) => [
    (elements) => elements.length === count,
    count === 0 ? "be gone" : `be there ${often(count)}`,
    ({ length }) => (length === 0 ? "there is none" : `it is there ${often(length)}`),
  ],
  toHaveFocus: () => [
    some((it) => it.focused),
    "have the focus",
    of((it) => (it.focused ? "has the focus" : "does not have the focus")),
  ],
  toBeDisabled: () => [
    some((it) => it.disabled),
    "be disabled",
    of((it) => (it.disabled ? "is disabled" : "is not disabled")),
  ],
  toBeChecked: () => [
    some((it) => it.checked),
    "be checked",
    of((it) => (it.checked ? "is checked" : "is not checked")),
  ],
};
