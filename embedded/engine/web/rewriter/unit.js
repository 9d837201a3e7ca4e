import { invalid } from "../node-errors.js";

/** The facts of a unit that a handler has now, shared by all handlers that see it; null when their time is over. */
export let factsOf;
/** Asks for a change, `[what, text, more]`. */
export let change;
/** Makes a unit for one handler. */
export let openUnit;
/** Ends the handler's time: what it asked for. */
export let closeUnit;

/** A part of a document, for as long as its handler runs, or what the handler returned is not settled. */
export class Unit {
  #facts = null;
  #changes = [];

  static {
    openUnit = (Class, facts) => {
      const unit = new Class();
      unit.#facts = facts;
      return unit;
    };
    closeUnit = (unit) => {
      unit.#facts = null;
      return unit.#changes;
    };
    factsOf = (unit) => unit.#facts;
    change = (unit, ...what) => void unit.#changes.push(what);
  }
}

/** Text that is given to be put somewhere, or the name or the value of an attribute. */
export function given(value) {
  if (value === undefined || value === null) throw invalid("Expected string");
  // A template would copy it.
  return typeof value === "string" ? value : `${value}`;
}

/** Puts content somewhere; `late` is what is given when the handler's time is over. */
export function put(unit, where, content, options, late) {
  const text = given(content);
  const facts = factsOf(unit);
  if (!facts) return late;
  change(unit, where, text, Boolean(options?.html));
  if (where === "replace") facts.removed = true;
  return unit;
}

/** Removes the unit. */
export function remove(unit, late) {
  const facts = factsOf(unit);
  if (!facts) return late;
  change(unit, "remove");
  facts.removed = true;
  return unit;
}
