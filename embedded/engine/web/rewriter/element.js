import { tag } from "../define.js";
import { AttributeIterator } from "./attribute-iterator.js";
import { attributeName, lower, tagName } from "./names.js";
import { rewriterError } from "./rewriter-error.js";
import { change, factsOf, given, put, remove, Unit } from "./unit.js";

/** https://bun.com/docs/api/html-rewriter: an element, of which a handler sees the start tag. */
export class Element extends Unit {
  get tagName() {
    return factsOf(this)?.name;
  }
  set tagName(name) {
    const text = `${name}`;
    const facts = factsOf(this);
    if (!facts) return;
    change(this, "name", tagName(text));
    facts.name = lower(text);
    facts.isRenamed = true;
  }
  get removed() {
    return factsOf(this)?.removed;
  }
  get selfClosing() {
    return factsOf(this)?.selfClosing;
  }
  get canHaveContent() {
    return factsOf(this)?.canHaveContent;
  }
  get namespaceURI() {
    return factsOf(this)?.namespaceURI;
  }
  get attributes() {
    return factsOf(this) ? new AttributeIterator(this) : undefined;
  }

  getAttribute(name) {
    const wanted = lower(given(name));
    const attributes = factsOf(this)?.attributes ?? [];
    const at = placeOf(attributes, wanted);
    return at < 0 ? null : attributes[at + 1];
  }
  hasAttribute(name) {
    return this.getAttribute(name) !== null;
  }
  setAttribute(name, value) {
    const [text, content] = [given(name), given(value)];
    const facts = factsOf(this);
    if (!facts) return undefined;
    const wanted = attributeName(text);
    change(this, "attribute", wanted, content);
    const at = placeOf(facts.attributes, wanted);
    if (at < 0) facts.attributes.push(wanted, content);
    else facts.attributes[at + 1] = content;
    return this;
  }
  removeAttribute(name) {
    const wanted = lower(given(name));
    const facts = factsOf(this);
    if (!facts) return undefined;
    change(this, "attribute", wanted);
    const { attributes } = facts;
    facts.attributes = attributes.filter((_, at) => attributes[at - (at % 2)] !== wanted);
    return this;
  }

  before(content, options = undefined) {
    return put(this, "before", content, options);
  }
  after(content, options = undefined) {
    return put(this, "after", content, options);
  }
  prepend(content, options = undefined) {
    return opened(put(this, "prepend", content, options));
  }
  append(content, options = undefined) {
    return opened(put(this, "append", content, options));
  }
  setInnerContent(content, options = undefined) {
    return emptied(opened(put(this, "setInnerContent", content, options)));
  }
  replace(content, options = undefined) {
    return emptied(put(this, "replace", content, options));
  }
  remove() {
    return emptied(remove(this));
  }
  removeAndKeepContent() {
    const facts = factsOf(this);
    if (!facts) return undefined;
    change(this, "removeAndKeepContent");
    facts.removed = true;
    return this;
  }

  /** The handler of the end tag; a later one takes the place of an earlier one. */
  onEndTag(handler) {
    const facts = factsOf(this);
    if (!facts) return null;
    if (typeof handler !== "function") throw new TypeError("Expected a function");
    if (!facts.canHaveContent) throw rewriterError("No end tag.");
    if (!facts.onEndTag) change(this, "endTag");
    facts.onEndTag = handler;
    return this;
  }
}
tag(Element, "Element");

/** Where an attribute is in names and values in turn; -1 without it. */
function placeOf(attributes, name) {
  for (let at = 0; at < attributes.length; at += 2) if (attributes[at] === name) return at;
  return -1;
}

/** Notes that it has content and does not close itself. */
function opened(element) {
  const facts = element && factsOf(element);
  if (facts?.canHaveContent) facts.selfClosing = false;
  return element;
}

/** Notes that what is in it goes. */
function emptied(element) {
  const facts = element && factsOf(element);
  if (facts?.canHaveContent) facts.isEmptied = true;
  return element;
}
