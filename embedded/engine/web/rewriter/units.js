// What handlers see besides elements. What each gives when its handler is over is as in Bun.

import { tag } from "../define.js";
import { commentText, lower } from "./names.js";
import { change, factsOf, put, remove, Unit } from "./unit.js";

export class Comment extends Unit {
  get text() {
    return factsOf(this)?.text ?? null;
  }
  set text(value) {
    const text = `${value}`;
    const facts = factsOf(this);
    if (!facts) return;
    change(this, "text", commentText(text));
    facts.text = text;
  }
  get removed() {
    return factsOf(this)?.removed;
  }
  before(content, options = undefined) {
    return put(this, "before", content, options, null);
  }
  after(content, options = undefined) {
    return put(this, "after", content, options, null);
  }
  replace(content, options = undefined) {
    return put(this, "replace", content, options, null);
  }
  remove() {
    return remove(this, null);
  }
}
tag(Comment, "Comment");

export class TextChunk extends Unit {
  get text() {
    return factsOf(this)?.text;
  }
  get lastInTextNode() {
    return factsOf(this)?.lastInTextNode;
  }
  get removed() {
    return factsOf(this)?.removed;
  }
  before(content, options = undefined) {
    return put(this, "before", content, options);
  }
  after(content, options = undefined) {
    return put(this, "after", content, options);
  }
  replace(content, options = undefined) {
    return put(this, "replace", content, options);
  }
  remove() {
    return remove(this);
  }
}
tag(TextChunk, "TextChunk");

export class EndTag extends Unit {
  get name() {
    return factsOf(this)?.name;
  }
  set name(value) {
    const text = `${value}`;
    const facts = factsOf(this);
    if (!facts) return;
    change(this, "name", text);
    facts.name = lower(text);
  }
  before(content, options = undefined) {
    return put(this, "before", content, options, null);
  }
  after(content, options = undefined) {
    return put(this, "after", content, options, null);
  }
  remove() {
    return remove(this);
  }
}
tag(EndTag, "EndTag");

export class DocType extends Unit {
  get name() {
    return fact(this, "name");
  }
  get publicId() {
    return fact(this, "publicId");
  }
  get systemId() {
    return fact(this, "systemId");
  }
  get removed() {
    return factsOf(this)?.removed;
  }
  remove() {
    return remove(this);
  }
}
tag(DocType, "DocType");

/** What a doctype does not say is null. */
function fact(doctype, name) {
  const facts = factsOf(doctype);
  return facts ? (facts[name] ?? null) : undefined;
}

export class DocEnd extends Unit {
  append(content, options = undefined) {
    return put(this, "append", content, options, null);
  }
}
tag(DocEnd, "DocEnd");
