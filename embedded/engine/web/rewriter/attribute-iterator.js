import { tag } from "../define.js";
import { factsOf } from "./unit.js";

/** Goes over the attributes that an element had when it was asked for, and ends when they change. */
export class AttributeIterator {
  #element;
  #attributes;
  #length;
  #at = 0;

  constructor(element) {
    this.#element = element;
    this.#attributes = factsOf(element)?.attributes;
    this.#length = this.#attributes?.length;
  }

  next() {
    const attributes = this.#attributes;
    const at = this.#at;
    if (factsOf(this.#element)?.attributes !== attributes || attributes.length !== this.#length) {
      this.#at = Infinity;
    }
    if (this.#at >= this.#length) return { value: undefined, done: true };
    this.#at += 2;
    return { value: [attributes[at], attributes[at + 1]], done: false };
  }
  [Symbol.iterator]() {
    return this;
  }
}
tag(AttributeIterator, "AttributeIterator");
