// What may be typed at a place in HTML: a list of { label, words, insert }, where `words` is a sentence about it and
// `insert` says what goes into the text, with `|` where the caret goes, where that is not the label.

import { inAttribute, isHtmxName, partsOf } from "./attribute-names.js";

/** Attributes that stand alone. */
const ALONE =
  "ws-send hx-ws:send hx-preserve hx-history-elt hx-ignore hx-morph-skip hx-morph-skip-children";
const MODIFIERS = {
  ":inherited": "Holds for the elements inside as well.",
  ":append": "Adds to what is inherited, instead of replacing it.",
};
const BROWSER_EVENTS = {
  click: "The element is clicked, or pressed by a key.",
  submit: "The form is sent.",
  change: "A field has another value, and is left.",
  input: "A field's text changes, at each key.",
  keyup: "A key is let go.",
  keydown: "A key is pressed.",
  focus: "The element gets the focus.",
  blur: "The element loses the focus.",
  mouseenter: "The pointer comes over the element.",
};
const TRUE_OR_FALSE = (yes, no) => ({ true: yes, false: no });
const SWITCHES = {
  "hx-boost": TRUE_OR_FALSE("Links and forms load by htmx.", "Links and forms load as always."),
  "hx-push-url": TRUE_OR_FALSE("Pushes the request's own address.", "Pushes nothing."),
  "hx-replace-url": TRUE_OR_FALSE("Shows the request's own address.", "Leaves the address."),
  "hx-validate": TRUE_OR_FALSE("Checks the fields first.", "Checks nothing."),
  "hx-history": { false: "Keeps this page out of the history's snapshots." },
  "hx-encoding": { "multipart/form-data": "Sends files as well." },
  "hx-params": {
    "*": "Sends all values.",
    none: "Sends no values.",
    not: "Sends all values but those named behind it.",
  },
  "hx-method": { get: "To read.", post: "To change.", put: "To replace.", delete: "To remove." },
};
/** Where an element is found; `words` says whether this, closest and so on are understood. */
const SELECTORS =
  "hx-target hx-include hx-indicator hx-disabled-elt hx-sync hx-select hx-select-oob".split(" ");
const PLAIN_SELECTORS = ["hx-select", "hx-select-oob"];
const WITHOUT_VALUE = "once changed consume prevent stop halt capture passive".split(" ");
const MODIFIER_VALUES = {
  transition: TRUE_OR_FALSE("Uses the browser's view transition.", "Uses none."),
  ignoreTitle: TRUE_OR_FALSE("Leaves the page's title.", "Takes the answer's title."),
  "focus-scroll": TRUE_OR_FALSE("Scrolls to the focus.", "Does not scroll."),
  focusScroll: TRUE_OR_FALSE("Scrolls to the focus.", "Does not scroll."),
  scroll: { top: "Scrolls to the top.", bottom: "Scrolls to the bottom." },
  show: { top: "Shows the top.", bottom: "Shows the bottom." },
  queue: {
    first: "The first waits.",
    last: "The last waits.",
    all: "All wait.",
    none: "None waits.",
  },
};

const list = (table, change = () => ({})) =>
  Object.entries(table).map(([label, words]) => ({ label, words, ...change(label) }));

/**
 * The options at a place in a tag, as `typedAtEnd` tells it: { from, options }, or null. `project` says the
 * { ids, extensions } of the project.
 */
export function markupOptions(place, knowledge, project) {
  if (place.kind === "name") return nameOptions(place, knowledge);
  const { base } = partsOf(place.attribute.name);
  if (!isHtmxName(place.attribute.name)) return null;
  const { from, options } = valueOptions(base, place.typed, knowledge, project);
  return options.length > 0 ? { from: place.from + from, options } : null;
}

function nameOptions({ tag, typed, from }, knowledge) {
  const prefix = /^data-/i.test(typed) ? "data-" : "";
  const name = typed.slice(prefix.length).toLowerCase();
  const isNear = ["hx-", "ws-", "sse-"].some((it) => it.startsWith(name) || name.startsWith(it));
  if (!isNear) return null;
  const present = tag.attributes.map((attribute) => attribute.name).filter((it) => it !== typed);
  const options = namesFor(name, knowledge)
    .filter(({ label }) => !present.includes(prefix + label))
    .map((option) => ({
      ...option,
      label: prefix + option.label,
      insert: prefix + option.insert,
    }));
  return { from, options };
}

function namesFor(name, { names, version }) {
  if (/^hx-on[:-]/.test(name)) return eventNames(names);
  const base = name.replace(/:[^:]*$/, "");
  if (version === 4 && name.includes(":") && base in names.attributes) {
    return list(MODIFIERS, (label) => ({ label: base + label, insert: `${base + label}="|"` }));
  }
  return list(names.attributes, (label) => {
    if (label === "hx-on" || label === "hx-status")
      return { label: `${label}:`, insert: `${label}:|` };
    if (ALONE.split(" ").includes(label)) return { insert: `${label}|` };
    if (label === "hx-disable" && version === 2) return { insert: `${label}|` };
    return { insert: `${label}="|"` };
  });
}

function eventNames({ events }) {
  const own = list(events, (event) => {
    const label = `hx-on:${inAttribute(event).slice("htmx".length)}`;
    return { label, insert: `${label}="|"` };
  });
  const browser = list(BROWSER_EVENTS, (event) => ({
    label: `hx-on:${event}`,
    insert: `hx-on:${event}="|"`,
  }));
  return [...browser, ...own];
}

/** Counted from the beginning of the value: the word that is typed begins at `from`. */
function valueOptions(base, typed, { names, version }, project) {
  const from = typed.length - /\S*$/.exec(typed)[0].length;
  const word = typed.slice(from);
  const isFirst = typed.slice(0, from).trim() === "";
  if (base === "hx-swap") return swapOptions(word, from, isFirst, names);
  if (base === "hx-swap-oob") {
    const options = [{ label: "true", words: "Replaces the element of the same id." }];
    return { from, options: isFirst ? [...options, ...list(names.styles)] : [] };
  }
  if (base === "hx-trigger") return triggerOptions(typed, names, project);
  if (base === "hx-sync" && typed.includes(":")) {
    const begin = typed.lastIndexOf(":") + 1;
    return { from: begin, options: list(names.strategies) };
  }
  if (base === "hx-ext") return extensionOptions(typed, project);
  if (base === "hx-inherit" || base === "hx-disinherit") {
    return { from, options: [{ label: "*", words: "All." }, ...list(names.attributes)] };
  }
  if (base in SWITCHES && base in names.attributes) return { from, options: list(SWITCHES[base]) };
  const isSelector = SELECTORS.includes(base) || (base === "hx-disable" && version === 4);
  return { from, options: isSelector ? selectorOptions(base, isFirst, names, project) : [] };
}

function swapOptions(word, from, isFirst, names) {
  const value = valuesOf(word, from);
  if (value) return value;
  const modifiers = list(names.swapModifiers, (label) => ({
    label: `${label}:`,
    insert: `${label}:|`,
  }));
  return { from, options: isFirst ? [...list(names.styles), ...modifiers] : modifiers };
}

/** Behind `scroll:`, what it may be. */
function valuesOf(word, from) {
  const colon = word.indexOf(":");
  if (colon < 0) return null;
  const values = MODIFIER_VALUES[word.slice(0, colon)];
  return { from: from + colon + 1, options: values ? list(values) : [] };
}

function triggerOptions(typed, names, project) {
  const begin = typed.lastIndexOf(",") + 1;
  const spec = typed.slice(begin);
  // A condition in brackets is JavaScript.
  if ((spec.match(/\[/g) ?? []).length > (spec.match(/\]/g) ?? []).length)
    return { from: 0, options: [] };
  const word = /\S*$/.exec(spec)[0];
  const from = typed.length - word.length;
  if (spec.trim() === word) {
    const events = { ...names.triggers, ...BROWSER_EVENTS, ...names.events };
    return { from, options: list(events) };
  }
  if (/^(?:from|target|root):/.test(word)) {
    const places = { document: "The whole document.", window: "The window.", body: "The body." };
    const own = word.startsWith("from:") ? list(places) : [];
    const at = from + word.indexOf(":") + 1;
    return { from: at, options: [...own, ...selectorOptions("", true, names, project)] };
  }
  const value = valuesOf(word, from);
  if (value) return value;
  const modifiers = list(names.triggerModifiers, (label) =>
    WITHOUT_VALUE.includes(label) ? {} : { label: `${label}:`, insert: `${label}:|` },
  );
  return { from, options: modifiers };
}

function extensionOptions(typed, { extensions }) {
  const from = typed.length - /[^\s,]*$/.exec(typed)[0].length;
  return { from, options: list(extensions) };
}

function selectorOptions(base, isFirst, names, { ids }) {
  const found = ids.map((id) => ({ label: `#${id}`, words: `The element whose id is ${id}.` }));
  if (PLAIN_SELECTORS.includes(base) || !isFirst) return found;
  const relative = list(names.selectors, (label) =>
    ["closest", "find"].includes(label) ? { insert: `${label} |` } : {},
  );
  return [...relative, ...found];
}
