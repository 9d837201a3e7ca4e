// Finds elements in the page by the steps of a locator: each step is one of Testing Library's queries,
// or a CSS selector, inside what the step before found.

import { getRoles, queries } from "@testing-library/dom";
import { roleWords } from "../story/words.js";

const BY = {
  role: queries.queryAllByRole,
  label: queries.queryAllByLabelText,
  text: queries.queryAllByText,
  placeholder: queries.queryAllByPlaceholderText,
  test: queries.queryAllByTestId,
  css: (root, selector) => [...root.querySelectorAll(selector)],
};

export function find(steps) {
  // A page that is only beginning to load has no body yet.
  let found = document.body ? [document.body] : [];
  for (const { by, args } of steps) {
    found = [...new Set(found.flatMap((root) => BY[by](root, ...args)))];
  }
  return found;
}

// What a check can know of the elements; nothing of it is live.
export const look = (steps) => find(steps).map(summary);

function summary(element) {
  const attributes = Object.fromEntries([...element.attributes].map((it) => [it.name, it.value]));
  return {
    text: (element.innerText ?? element.textContent ?? "").trim(),
    value: element.value ?? null,
    visible: isVisible(element),
    focused: element === document.activeElement,
    disabled: element.matches(":disabled"),
    checked: element.checked ?? element.ariaChecked === "true",
    attributes,
  };
}

// A page in the background is not drawn, so only what styles say counts.
function isVisible(element) {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

const MOST = 5;
const LETTERS = 200;

const beginning = (text) => (text.length > LETTERS ? `${text.slice(0, LETTERS)} …` : text);
const shown = (element) =>
  element.ariaLabel || element.innerText || element.value || element.name || element.id || "";

// What elements show, the first few of many: “a”, “b”, “c”.
export function names(elements) {
  const each = elements.slice(0, MOST).map((it) => `“${beginning(shown(it).trim())}”`);
  return each.join(", ") + (elements.length > MOST ? ", …" : "");
}

// What there is instead of what was looked for: what has the same role, or the page's beginning.
export function instead(steps) {
  const { by, args } = steps.at(-1);
  if (by === "role") {
    const others = getRoles(document.body)[args[0]] ?? [];
    return others.length
      ? `there are these instead: ${names(others)}`
      : `there is no ${roleWords(args[0])} at all`;
  }
  const text = document.body.innerText.replace(/\s+/g, " ").trim();
  return text ? `there is none; the page begins “${beginning(text)}”` : "the page is empty";
}
