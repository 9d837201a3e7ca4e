// Whether the value of an attribute can be right: each judge answers a list of { from, to, message, fix }, whose
// places count from the beginning of the value.

import { UNKNOWN } from "./markup.js";
import { nearest } from "./nearest.js";

const JUDGES = {
  "hx-swap": judgeSwap,
  "hx-swap-oob": judgeOutOfBand,
  "hx-trigger": judgeTrigger,
  "hx-boost": judgeSwitch,
  "hx-push-url": judgeSwitch,
  "hx-replace-url": judgeSwitch,
  "hx-vals": judgeJson,
  "hx-headers": judgeJson,
  "hx-request": judgeJson,
  "hx-sync": judgeSync,
  "hx-encoding": judgeEncoding,
  "hx-target": judgeSelector,
  "hx-indicator": judgeSelector,
  "hx-include": judgeSelector,
  "hx-disabled-elt": judgeSelector,
};

/** What is wrong with a value, of an attribute by its base name; `ids` are those that the project's files give. */
export function judgeValue(base, value, knowledge, ids) {
  const judge = JUDGES[base];
  if (!judge || value === null || value.includes(UNKNOWN)) return [];
  return judge(value, knowledge, ids);
}

/** Words with their places. */
const wordsOf = (value) =>
  [...value.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ word, from: index }));

const inPlaceOf = ({ word, from }, message, fix) => ({
  from,
  to: from + word.length,
  message,
  fix,
});

const sameLetters = (word, known) =>
  known.find((each) => each.toLowerCase() === word.toLowerCase());

/** What stands for a style in htmx 4 alone. */
const STYLES_OF_4 = {
  before: "beforebegin",
  prepend: "afterbegin",
  append: "beforeend",
  after: "afterend",
};

function judgeStyle(place, { names, version }) {
  const { word } = place;
  const styles = Object.keys(names.styles);
  if (styles.includes(word)) return [];
  const same = sameLetters(word, styles);
  if (same) {
    return [inPlaceOf(place, `Capital letters count here: write ${same}.`, same)];
  }
  if (version === 2 && Object.hasOwn(STYLES_OF_4, word)) {
    const fix = STYLES_OF_4[word];
    return [inPlaceOf(place, `“${word}” belongs to htmx 4. Write ${fix}.`, fix)];
  }
  const meant = nearest(word, styles);
  if (!meant) return [];
  return [inPlaceOf(place, `There is no way to swap “${word}”: did you mean ${meant}?`, meant)];
}

function judgeSwap(value, knowledge) {
  return wordsOf(value).flatMap((place, number) => {
    const colon = place.word.indexOf(":");
    if (colon > 0) return judgeModifier(place, colon, Object.keys(knowledge.names.swapModifiers));
    if (number === 0) return judgeStyle(place, knowledge);
    if (!sameLetters(place.word, Object.keys(knowledge.names.styles))) return [];
    return [inPlaceOf(place, `“${place.word}” does nothing here: the style stands first.`)];
  });
}

function judgeModifier({ word, from }, colon, known) {
  const name = word.slice(0, colon);
  // What idiomorph adds: morph:innerHTML.
  if (known.includes(name) || name === "morph") return [];
  const meant = sameLetters(name, known) ?? nearest(name, known) ?? beginning(name, known);
  if (!meant) return [];
  const message = `There is no modifier “${name}”: did you mean ${meant}?`;
  return [inPlaceOf({ word: name, from }, message, meant)];
}

/** `delayed` for `delay`. */
const beginning = (name, known) =>
  known.find((each) => each.length > 3 && name.toLowerCase().startsWith(each.toLowerCase()));

function judgeOutOfBand(value, knowledge) {
  const style = /^\s*(\w+)(?=:|\s*$)/.exec(value);
  if (!style || style[1] === "true") return [];
  const place = { word: style[1], from: style[0].length - style[1].length };
  const same = sameLetters(style[1], ["true"]);
  if (same) return [inPlaceOf(place, "Capital letters count here: write true.", same)];
  return judgeStyle(place, knowledge);
}

const BROWSER_EVENTS =
  "click dblclick submit change input keyup keydown keypress focus blur mouseenter mouseleave mouseover load";

function judgeTrigger(value, { names }) {
  const known = Object.keys(names.triggerModifiers);
  const found = [];
  for (const { spec, from } of triggersOf(value)) {
    const [event, ...rest] = wordsOf(spec).map((it) => ({ ...it, from: it.from + from }));
    if (!event) continue;
    found.push(...judgeEvent(event));
    // Behind from: and the like a selector may stand, with colons of its own.
    for (const place of rest) {
      const colon = place.word.indexOf(":");
      if (/^(?:from|target|root):/.test(place.word)) break;
      if (colon > 0) found.push(...judgeModifier(place, colon, known));
      else if (sameLetters(place.word, known) && !known.includes(place.word)) {
        const fix = place.word.toLowerCase();
        found.push(inPlaceOf(place, `Capital letters count here: write ${fix}.`, fix));
      }
    }
  }
  return found;
}

function judgeEvent(place) {
  const { word } = place;
  const plain = word.replace(/\[.*$/, "").replace(/^on/i, "").toLowerCase();
  const isOld = /^on/i.test(word) && BROWSER_EVENTS.split(" ").includes(plain);
  if (!isOld) return [];
  const named = { word: word.replace(/\[.*$/, ""), from: place.from };
  return [inPlaceOf(named, `The event is called ${plain} here, without “on”.`, plain)];
}

/** The parts between the commas that stand outside of brackets and quotes; conditions are left out. */
export function triggersOf(value) {
  const parts = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= value.length; at += 1) {
    if ("[(".includes(value[at] ?? " ")) depth += 1;
    if ("])".includes(value[at] ?? " ")) depth -= 1;
    if (at < value.length && (value[at] !== "," || depth > 0)) continue;
    const spec = value.slice(from, at).replace(/\[[^\]]*\]?/g, (it) => "[".padEnd(it.length, "]"));
    parts.push({ spec, from });
    from = at + 1;
  }
  return parts;
}

function judgeSwitch(value) {
  const word = value.trim();
  const same = sameLetters(word, ["true", "false"]);
  if (!same || same === word) return [];
  return [
    { from: 0, to: value.length, message: `Capital letters count here: write ${same}.`, fix: same },
  ];
}

const ENTITIES = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
const decoded = (value) =>
  value.replace(/&(quot|apos|amp|lt|gt|#34|#39);/g, (_, name) => ENTITIES[name]);

function judgeJson(value, { version }) {
  const text = decoded(value).trim();
  if (!text || text === "unset" || /^(?:js|javascript):/.test(text)) return [];
  // htmx 2 adds the braces itself; htmx 4 takes what has none for a list of name:value.
  if (version === 4 && !text.startsWith("{")) return [];
  try {
    JSON.parse(text.startsWith("{") ? text : `{${text}}`);
    return [];
  } catch {
    const why =
      text.includes("'") && !text.includes('"') ? ": names and texts need double quotes" : "";
    return [{ from: 0, to: value.length, message: `This is no JSON${why}.` }];
  }
}

function judgeSync(value, { names, version }) {
  const known = Object.keys(names.strategies);
  const word = value.trim();
  if (version === 2 && known.includes(word)) {
    const message = `A selector stands first. Write this:${word}.`;
    return [{ from: 0, to: value.length, message, fix: `this:${word}` }];
  }
  const colon = value.lastIndexOf(":");
  if (colon < 0) return [];
  const strategy = value.slice(colon + 1).trim();
  const from = value.indexOf(strategy, colon);
  if (!strategy || strategy === "queue" || known.includes(strategy)) return [];
  const meant = sameLetters(strategy, known) ?? nearest(strategy, [...known, "queue"]);
  if (!meant) return [];
  const message = `There is no strategy “${strategy}”: did you mean ${meant}?`;
  return [inPlaceOf({ word: strategy, from }, message, meant)];
}

// What ends an inherited one may be anything else.
function judgeEncoding(value) {
  const right = "multipart/form-data";
  const text = value.trim();
  if (text === right || !/^multi/i.test(text)) return [];
  const message = `The value is ${right}.`;
  return [{ from: 0, to: value.length, message, fix: right }];
}

function judgeSelector(value, { names }, ids) {
  const [first, ...rest] = wordsOf(value);
  if (!first) return [];
  const same = sameLetters(first.word, Object.keys(names.selectors));
  if (same && same !== first.word) {
    return [inPlaceOf(first, `Capital letters count here: write ${same}.`, same)];
  }
  if (rest.length === 0 && ["closest", "find"].includes(first.word)) {
    return [inPlaceOf(first, `A selector is missing, as in ${first.word} tr.`)];
  }
  const at = same && rest.length > 0 ? rest[0] : first;
  if (same === "this" || !ids.includes(at.word) || Object.hasOwn(names.selectors, at.word))
    return [];
  if (isElement(at.word)) return [];
  return [inPlaceOf(at, `An id is found by “#”: write #${at.word}.`, `#${at.word}`)];
}

const ELEMENTS =
  "a address article aside audio b blockquote body button canvas caption cite code col data dd del details dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav object ol optgroup option output p picture pre progress q s samp script search section select slot small source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul video";
const isElement = (word) => ELEMENTS.split(" ").includes(word);
