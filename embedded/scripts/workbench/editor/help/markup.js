// Reads HTML as somebody types it: tags and their attributes with their places, whether or not the text is a
// whole document. What stands for text that is not known (`${…}`) is UNKNOWN, once for each character.

export const UNKNOWN = "\uFFFC";

/** Elements whose text holds no tags. */
const RAW = ["script", "style", "textarea", "title"];

/** More characters than a tag has. */
const ENOUGH = 4000;

const SPACE = /\s/;
const SPACES = /\s*/y;
const BETWEEN = /[\s/]*/y;
const NAME = /[^\s"'<>/=]*/y;
const BARE_VALUE = /[^\s>]*/y;

/**
 * The tags of a text: { name, attributes, isOpen }. An attribute is { name, from, to, value, valueFrom, valueTo,
 * isOpen }, with `value` null where there is none; `isOpen` says that the text ends within.
 */
export function tagsOf(text) {
  const tags = [];
  let at = text.indexOf("<");
  while (at >= 0 && at < text.length) {
    if (text.startsWith("<!--", at)) {
      at = before(text, "-->", at + 4);
    } else if (/[a-zA-Z]/.test(text[at + 1] ?? "")) {
      const tag = tagAt(text, at);
      tags.push(tag);
      at = tag.isOpen || !RAW.includes(tag.name) ? tag.to : endOfRaw(text, tag.name, tag.to);
    } else {
      at += 1;
    }
    at = text.indexOf("<", at);
  }
  return tags;
}

function endOfRaw(text, name, from) {
  const end = new RegExp(`</${name}`, "gi");
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

function tagAt(text, start) {
  let at = after(text, NAME, start + 1);
  const name = text.slice(start + 1, at).toLowerCase();
  const tag = { name, from: start, to: at, attributes: [], isOpen: true };
  for (;;) {
    at = after(text, BETWEEN, at);
    // A tag that is not closed yet ends before the next one.
    if (at >= text.length || text[at] === "<") break;
    if (text[at] === ">") {
      tag.isOpen = false;
      at += 1;
      break;
    }
    const attribute = attributeAt(text, at);
    if (attribute.name) tag.attributes.push(attribute);
    at = Math.max(attribute.end, at + 1);
  }
  tag.to = at;
  tag.isOpen &&= at >= text.length;
  return tag;
}

function attributeAt(text, from) {
  const to = after(text, NAME, from);
  const name = text.slice(from, to);
  const none = { name, from, to, value: null, valueFrom: to, valueTo: to };
  const sign = after(text, SPACES, to);
  if (text[sign] !== "=") return { ...none, end: to, isOpen: to >= text.length };
  const begin = after(text, SPACES, sign + 1);
  const quote = text[begin] === '"' || text[begin] === "'" ? text[begin] : "";
  const valueFrom = begin + quote.length;
  const valueTo = quote ? before(text, quote, valueFrom) : after(text, BARE_VALUE, valueFrom);
  const value = text.slice(valueFrom, valueTo);
  const isOpen = valueTo >= text.length;
  return { ...none, value, valueFrom, valueTo, isOpen, end: valueTo + quote.length };
}

/** Where what a pattern finds from a place on is over. */
function after(text, pattern, from) {
  pattern.lastIndex = from;
  pattern.test(text);
  return Math.max(from, pattern.lastIndex);
}

const before = (text, mark, from) => {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
};

/**
 * What is typed at the end of a text: { kind: "name" | "value", tag, attribute, from, typed }, from where the name
 * or the value begins; null where it is neither.
 */
export function typedAtEnd(whole) {
  const start = beginning(whole);
  const found = typedIn(whole.slice(start));
  return found && { ...found, from: start + found.from };
}

/** A long text is read from the end of a line that ends a tag. */
const beginning = (text) => text.lastIndexOf(">\n", text.length - ENOUGH) + 1;

function typedIn(text) {
  const tag = tagsOf(text).at(-1);
  if (!tag?.isOpen) return null;
  const attribute = tag.attributes.at(-1);
  if (attribute?.isOpen) {
    if (attribute.value === null) {
      return { kind: "name", tag, attribute, from: attribute.from, typed: attribute.name };
    }
    return { kind: "value", tag, attribute, from: attribute.valueFrom, typed: attribute.value };
  }
  if (!SPACE.test(text.at(-1))) return null;
  return { kind: "name", tag, attribute: null, from: text.length, typed: "" };
}
