// Finds elements in the page by the steps of a locator: each step is one of Testing Library's queries,
// or a CSS selector, inside what the step before found.

import { getRoles, prettyDOM, queries } from "@testing-library/dom";

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
    html: excerpt(element),
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

export const excerpt = (element) => prettyDOM(element, 600, { highlight: false }) || "";

// What there is instead of what was looked for: names of the same role, or the page's beginning.
export function instead(steps) {
  const last = steps.at(-1);
  if (last.by === "role") {
    const others = getRoles(document.body)[last.args[0]] ?? [];
    return others.length ? others.map(excerpt).join("\n") : `no ${last.args[0]} at all`;
  }
  return excerpt(document.body);
}
