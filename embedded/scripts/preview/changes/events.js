// Listens to htmx's events so that the page notices nothing.

/** Before all listeners of the page: `act(detail, element)`. */
export function first(type, act) {
  window.addEventListener(type, ({ detail, target }) => act(detail ?? {}, target), true);
}

/**
 * After all listeners of the page, unless one of them lets no other hear: `act(detail, event)`. htmx 2 fires each event
 * under a second name as well, after the first.
 */
export function last(type, act) {
  const kebab = type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  for (const name of new Set([type, kebab]))
    window.addEventListener(name, (event) => act(event.detail ?? {}, event));
}

/** What an answer is called on the wire; null for one that has no number. */
export function tieOf(number) {
  const entry = Number(number);
  return entry ? { entry } : null;
}
