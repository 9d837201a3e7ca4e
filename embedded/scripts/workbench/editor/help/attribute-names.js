// What the name of an attribute says to htmx, and whether it can be right.

import { nearest } from "./nearest.js";

const MODIFIERS = /:(inherited|append|merge)(?=:|$)/g;
/** Of the extension response-targets: hx-target-404, hx-target-5*, hx-target-error. */
const RESPONSE_TARGET = /^hx-target-(?:[\dx*]{1,3}|error)$/;

/**
 * A name, taken apart: `base` is the attribute's, lower case and without `data-`; `event` what follows hx-on:,
 * `modifiers` those of htmx 4; `skipped` the length of `data-`.
 */
export function partsOf(name) {
  const skipped = /^data-(?=hx|ws-|sse-)/i.exec(name)?.[0].length ?? 0;
  const plain = name.slice(skipped);
  const lower = plain.toLowerCase();
  if (/^hx-on[:-]/.test(lower)) {
    return { base: "hx-on", event: plain.slice("hx-on:".length), modifiers: [], skipped, plain };
  }
  const modifiers = lower.match(MODIFIERS) ?? [];
  const base = lower.replace(MODIFIERS, "").replace(/^hx-status:.*$/, "hx-status");
  return { base, event: null, modifiers, skipped, plain };
}

/** Whether htmx would look at an attribute of this name, or somebody wanted it to. */
export const isHtmxName = (name) => /^(?:data-)?(?:hx[-_:]|hxon|ws-|sse-)/i.test(name);

/** The whole name of the event that an hx-on names: `:after-swap` is `htmx:after-swap`. */
export const eventNamed = (event) => (/^[:-]/.test(event) ? `htmx:${event.slice(1)}` : event);

/** How an attribute writes an event: htmx 2 hears `htmx:after-swap` for `htmx:afterSwap`. */
export const inAttribute = (event) =>
  event.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * What is wrong with a name: { message, fix }, with `fix` the name to write instead, or none; null where nothing
 * is. `isOwn` says whether the project's own code knows an attribute.
 */
export function judgeName(name, { names, known, version }, isOwn) {
  const { base, event, modifiers, skipped, plain } = partsOf(name);
  const prefix = name.slice(0, skipped);
  if (event !== null) return judgeEvent(plain, event, names, prefix);
  if (base in names.attributes) {
    if (modifiers.length === 0 || version === 4) return null;
    const word = modifiers[0];
    return {
      message: `“${word}” belongs to htmx 4. In htmx 2 elements inside inherit ${base} by themselves.`,
      fix: prefix + base,
    };
  }
  if (RESPONSE_TARGET.test(base) || isOwn(base)) return null;
  const instead = names.instead[base];
  if (!instead && version === 4 && known.extensions.includes(base.replace(/:.*$/, ""))) return null;
  if (instead) {
    const other = version === 4 ? 2 : 4;
    const fix = instead.name && prefix + instead.name;
    const write = instead.name ? ` Write ${instead.name}.` : "";
    return { message: `${base} belongs to htmx ${other}. ${instead.words}${write}`, fix };
  }
  return unknown(base, prefix, names, version, modifiers);
}

function unknown(base, prefix, names, version, modifiers) {
  const event = /^hx-?on-?([a-z]+)$/.exec(base)?.[1];
  if (event) {
    const fix = `${prefix}hx-on:${event}`;
    return { message: `There is no attribute ${base}: did you mean ${fix}?`, fix };
  }
  const meant = nearest(base.replace(/^hx[_:]/, "hx-"), Object.keys(names.attributes));
  if (!meant) return { message: `htmx ${version} has no attribute ${base}.` };
  return {
    message: `There is no attribute ${base}: did you mean ${meant}?`,
    fix: prefix + meant + modifiers.join(""),
  };
}

function judgeEvent(plain, event, names, prefix) {
  const whole = eventNamed(event);
  const events = Object.keys(names.events);
  const own = plain.slice(0, plain.length - event.length);
  const written = (name) =>
    prefix + own + (event === whole ? name : event[0] + name.slice("htmx:".length));
  if (/[A-Z]/.test(whole)) {
    const meant = events.find((each) => each.toLowerCase() === whole.toLowerCase());
    const small = meant ? inAttribute(meant) : whole.toLowerCase();
    return {
      message: `The browser reads the names of attributes without capital letters. Write ${written(small)}.`,
      fix: written(small),
    };
  }
  if (!whole.startsWith("htmx:")) return null;
  const spelled = [...events, ...events.map(inAttribute)];
  if (spelled.includes(whole)) return null;
  const meant = nearest(whole, events.map(inAttribute));
  if (!meant) return null;
  const isFlat = inAttribute(meant).replaceAll("-", "") === whole;
  return {
    message: isFlat
      ? `htmx sends no event “${whole}”. Write ${written(meant)}.`
      : `htmx sends no event “${whole}”: did you mean ${meant}?`,
    fix: written(meant),
  };
}
