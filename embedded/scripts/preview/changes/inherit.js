// An attribute of htmx as it holds for an element: its own, or that of an ancestor.

const lists = (list, name) => list === "*" || list?.split(" ").includes(name);

/** What is written at an element itself, with its name as written; undefined where nothing is. */
export function own(element, name) {
  const written = [name, `data-${name}`].find((each) => element.hasAttribute?.(each));
  return written && { name: written, value: element.getAttribute(written), carrier: element };
}

/** { name, value, carrier } of the attribute that holds; undefined where none does. */
export function holds(element, name, version) {
  return version === 4 ? holds4(element, name) : holds2(element, name);
}

function holds2(element, name) {
  for (let at = element; at; at = at.parentElement) {
    const found = own(at, name);
    if (at !== element && isStopped(at, name)) return undefined;
    if (found?.value === "unset") return undefined;
    if (found && isPassedOn(at, element, name)) return found;
  }
  return undefined;
}

const isStopped = (ancestor, name) => lists(own(ancestor, "hx-disinherit")?.value, name);

const isPassedOn = (at, element, name) =>
  at === element ||
  !window.htmx?.config?.disableInheritance ||
  lists(own(at, "hx-inherit")?.value, name);

function holds4(element, name) {
  const here = own(element, name);
  if (here || window.htmx?.config?.implicitInheritance) return here ?? holds2(element, name);
  for (let at = element; at; at = at.parentElement) {
    const found = own(at, `${name}:inherited`);
    if (found) return found;
  }
  return undefined;
}

/** The first place on the way up where one of these is written. */
export function nearest(element, names) {
  for (let at = element; at; at = at.parentElement)
    for (const name of names) {
      const found = own(at, name);
      if (found) return found;
    }
  return undefined;
}
