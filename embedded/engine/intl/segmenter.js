// Intl.Segmenter: https://tc39.es/ecma402/#segmenter-objects

import { finish } from "./class.js";
import { boundaries } from "./host.js";
import { localeList, resolve } from "./locales.js";
import { tellUndivided } from "./notices.js";
import { localeMatcher, strictOptions, textOption } from "./options.js";

export class Segmenter {
  #segmenter;

  constructor(locales, given) {
    const requested = localeList(locales);
    const options = strictOptions(given);
    localeMatcher(options);
    const { locale } = resolve(requested, {});
    const grains = ["grapheme", "word", "sentence"];
    this.#segmenter = {
      locale,
      granularity: textOption(options, "granularity", grains, "grapheme"),
    };
  }

  segment(input) {
    return new Segments(this.#segmenter.granularity, String(input));
  }

  resolvedOptions() {
    return { ...this.#segmenter };
  }
}

/** How much of a text is looked at at once, so that a long one costs what is used of it. */
const CHUNK = 32_768;

/** How many pieces may change by what comes next: of “can’t” there are three as long as the t is unknown. */
const LOOKED_AHEAD = 2;

/** Writing without spaces between words. */
const UNDIVIDED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/;

class Segments {
  #grain;
  #text;
  /** Where the pieces known so far begin, and whether they are words. */
  #pieces = [];
  /** How far the text was looked at: where a piece begins. */
  #read = 0;

  constructor(grain, text) {
    this.#grain = grain;
    this.#text = text;
  }

  containing(index) {
    const at = Math.trunc(Number(index) || 0);
    if (at < 0 || at >= this.#text.length) return undefined;
    while (this.#read <= at) this.#readOn();
    let [low, high] = [0, this.#pieces.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle].index <= at) low = middle;
      else high = middle - 1;
    }
    return this.#piece(low);
  }

  *[Symbol.iterator]() {
    for (let at = 0; ; at += 1) {
      if (at === this.#pieces.length) {
        if (this.#read === this.#text.length) return;
        this.#readOn();
      }
      yield this.#piece(at);
    }
  }

  /** The last pieces of a chunk may go on behind it, and are read again. */
  #readOn() {
    const start = this.#read;
    const chunk = this.#text.slice(start, start + CHUNK);
    const isLast = start + chunk.length === this.#text.length;
    if (this.#grain === "word" && UNDIVIDED.test(chunk)) tellUndivided();
    const found = boundaries(this.#grain, chunk);
    const [last] = isLast ? [] : found.splice(Math.max(1, found.length - LOOKED_AHEAD));
    for (const coded of found) {
      this.#pieces.push({ index: start + Math.floor(coded / 2), isWordLike: coded % 2 === 1 });
    }
    this.#read = start + (last === undefined ? chunk.length : Math.floor(last / 2));
  }

  #piece(at) {
    const { index, isWordLike } = this.#pieces[at];
    const end = this.#pieces[at + 1]?.index ?? this.#read;
    const piece = { segment: this.#text.slice(index, end), index, input: this.#text };
    if (this.#grain === "word") piece.isWordLike = isWordLike;
    return piece;
  }
}

finish(Segmenter, "Segmenter");
