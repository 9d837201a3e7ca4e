// What stands at a place, in a sentence: { from, to, title, words }, or null.

import { eventNamed, inAttribute, isHtmxName, partsOf } from "./attribute-names.js";
import { tagsOf, typedAtEnd } from "./markup.js";
import { markupOptions } from "./markup-options.js";
import { serverOptions } from "./server-options.js";

const MODIFIERS = {
  ":inherited": "Elements inside have it as well.",
  ":append": "It adds to what is inherited.",
  ":merge": "It is merged with what is inherited.",
};

/** The attribute, or the word of its value, at a place in a region of HTML. */
export function explainMarkup(region, at, knowledge, project) {
  const local = at - region.from;
  for (const tag of tagsOf(region.text)) {
    if (tag.from > local || tag.to < local) continue;
    const attribute = tag.attributes.find(({ from, end }) => from <= local && local <= end);
    if (!attribute || !isHtmxName(attribute.name)) return null;
    const { from, to } = attribute;
    if (local > to) return explainValue(region, local, attribute, knowledge, project);
    const words = wordsForName(attribute.name, knowledge);
    return (
      words && { from: region.from + from, to: region.from + to, title: attribute.name, words }
    );
  }
  return null;
}

function wordsForName(name, { names, version }) {
  const { base, event, modifiers } = partsOf(name);
  if (event === null) {
    const words = names.attributes[base];
    return words && [words, ...modifiers.map((each) => MODIFIERS[each])].join(" ");
  }
  const whole = eventNamed(event);
  const known = Object.keys(names.events).find((each) => [each, inAttribute(each)].includes(whole));
  const when = `Runs this code when “${known ?? whole}” happens here.`;
  return known
    ? `${when} ${names.events[known]}`
    : `${when} It is an event of htmx ${version}, the browser or the page.`;
}

/** A word of a value is explained as it would be offered. */
function explainValue(region, local, { valueFrom, value }, knowledge, project) {
  const typed = region.text.slice(0, local);
  const begin = Math.max(valueFrom, typed.search(/[^\s,:"'#]*$/));
  const rest = /^[^\s,:"']*/.exec(value.slice(Math.max(0, local - valueFrom)))[0];
  const end = local + rest.length;
  for (const [from, to] of [
    [begin, end],
    [begin - 1, end],
    [valueFrom, valueFrom + value.length],
  ]) {
    const word = region.text.slice(from, to);
    const place = typedAtEnd(region.text.slice(0, to));
    const option = place && find(markupOptions(place, knowledge, project), word);
    if (option) {
      return { from: region.from + from, to: region.from + to, title: word, words: option.words };
    }
  }
  return null;
}

/** A member, a key, a header or a module in the server's code; and htmx's events and headers in any string. */
export function explainCode(state, at, sources) {
  const line = state.doc.lineAt(at);
  const column = at - line.from;
  const [begin, end] = wordAround(line.text, column, /[\w$]/);
  const [wide, far] = wordAround(line.text, column, /[\w$:@./-]/);
  for (const [from, to] of [
    [begin, end],
    [wide, far],
  ]) {
    const word = line.text.slice(from, to);
    if (!word) continue;
    const option = find(serverOptions(state, line.from + to, sources), word);
    const words = option?.words ?? wordsForText(word, line.text[from - 1], sources.names);
    if (words) return { from: line.from + from, to: line.from + to, title: word, words };
  }
  return null;
}

const find = (found, word) =>
  found?.options.find(({ label }) => label === word || label === `${word}:`);

/** A string that names an event or a header of htmx, wherever it stands. */
function wordsForText(word, before, { events, requestHeaders, responseHeaders }) {
  if (!/["'`]/.test(before ?? "")) return null;
  const header = (table) =>
    Object.keys(table).find((it) => it.toLowerCase() === word.toLowerCase());
  const [asked, answered] = [header(requestHeaders), header(responseHeaders)];
  const sentences = [
    Object.hasOwn(events, word) && events[word],
    asked && `In a request: ${requestHeaders[asked]}`,
    answered && `In an answer: ${responseHeaders[answered]}`,
  ];
  return sentences.filter(Boolean).join(" ") || null;
}

function wordAround(text, column, part) {
  let [from, to] = [column, column];
  while (from > 0 && part.test(text[from - 1])) from -= 1;
  while (to < text.length && part.test(text[to])) to += 1;
  return [from, to];
}
