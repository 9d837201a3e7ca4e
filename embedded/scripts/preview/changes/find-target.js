// The element that a value of `hx-target` means, in htmx 2's own words.

/** Seen from the element that has the attribute, itself or from an ancestor; null where there is none. */
export function findTarget(element, value) {
  const [, word, rest] = /^(closest|find|next|previous|global)\s+(.+)$/s.exec(value.trim()) ?? [];
  const plain = rest ?? value.trim();
  const all = (selector) => [...element.ownerDocument.querySelectorAll(selector)];
  const isAfter = (each) =>
    element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isBefore = (each) =>
    element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
  const ways = {
    closest: () => element.closest(plain),
    find: () => element.querySelector(plain),
    next: () => all(plain).find(isAfter),
    previous: () => all(plain).findLast(isBefore),
    body: () => document.body,
    nextSibling: () => element.nextElementSibling,
    previousSibling: () => element.previousElementSibling,
  };
  const alone = { next: "nextSibling", previous: "previousSibling", body: "body" }[plain];
  const way = ways[word] ?? ways[alone] ?? (() => document.querySelector(plain));
  try {
    return way() ?? null;
  } catch {
    return null;
  }
}
