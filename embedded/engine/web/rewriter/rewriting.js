import { beginRewriting, readPiece, writePiece } from "../host.js";
import { SafeMap } from "../safe.js";
import { Element } from "./element.js";
import { rewriterError } from "./rewriter-error.js";
import { Comment, DocEnd, DocType, EndTag, TextChunk } from "./units.js";
import { closeUnit, openUnit } from "./unit.js";

const CLASSES = {
  element: Element,
  comments: Comment,
  text: TextChunk,
  doctype: DocType,
  end: DocEnd,
};

/** About how much of a document is read at once, in bytes. */
const PIECE = 16 * 1024;

/** “<”. */
const TAG = 0x3c;

/**
 * One rewriting of one document, piece by piece. The engine reads a piece and says what the handlers are to see; they
 * are called here, one by one; then the engine writes the piece with their changes (src/engine/zygote/rewriter.rs).
 * What takes a piece is a generator that gives each promise which it must wait for, and at the end bytes.
 */
export class Rewriting {
  #rewriting;
  #handlers;
  /** The unit that was seen last, by its number, and its facts. */
  #last = { unit: -1, facts: null };
  /** Facts of elements whose end tags matter, by their numbers. */
  #open = new SafeMap();
  /** How many of these lose what is in them. */
  #emptied = 0;

  /** Each handler is `{kind, selector, call}`, the selector undefined for one of the document. */
  constructor(handlers) {
    const wanted = handlers.flatMap(({ kind, selector }) => [kind, selector]);
    this.#rewriting = beginRewriting(wanted);
    this.#handlers = handlers;
  }

  /** All of a document. */
  *whole(bytes) {
    return [...(yield* this.pieces(bytes)), yield* this.end()];
  }

  /** Some of a document; gives a list of bytes. */
  *pieces(bytes) {
    const made = [];
    for (let at = 0; at < bytes.length;) {
      const end = endOf(bytes, at);
      made.push(yield* this.#step(bytes.subarray(at, end)));
      at = end;
    }
    return made;
  }

  /** What is left at the end. */
  *end() {
    return yield* this.#step(undefined);
  }

  *#step(piece) {
    const changes = [];
    for (const found of readPiece(this.#rewriting, piece)) {
      const call = this.#callOf(found);
      if (call) changes.push(yield* called(call));
    }
    return writePiece(this.#rewriting, changes);
  }

  /** Who is to be called with what; nothing where nobody asked for an end tag. */
  #callOf([handler, unit, fresh]) {
    if (handler < 0) return this.#endTag(unit, fresh);
    const { kind, call } = this.#handlers[handler];
    const facts = fresh ? this.#seen(unit, fresh) : this.#last.facts;
    if (fresh) facts.removed = kind === "element" && this.#emptied > 0;
    const after = kind === "element" && facts.canHaveContent ? () => this.#keep(unit, facts) : null;
    return { call, Class: CLASSES[kind], facts, after };
  }

  #endTag(unit, { element, name }) {
    const facts = this.#last.unit === unit ? this.#last.facts : this.#seen(unit, { name });
    const ended = this.#open.get(element);
    if (!ended) return undefined;
    this.#open.delete(element);
    if (ended.isEmptied) this.#emptied -= 1;
    if (ended.isRenamed) facts.name = ended.name;
    return ended.onEndTag && { call: ended.onEndTag, Class: EndTag, facts };
  }

  #seen(unit, facts) {
    this.#last = { unit, facts };
    return facts;
  }

  /** Keeps an element whose end tag matters. */
  #keep(unit, facts) {
    if (facts.isEmptied && !facts.isCounted) {
      facts.isCounted = true;
      this.#emptied += 1;
    }
    if (facts.isEmptied || facts.isRenamed || facts.onEndTag) this.#open.set(unit, facts);
  }
}

/** Where a piece from here on ends: before a tag, where a text is cut in any case. */
function endOf(bytes, from) {
  if (bytes.length - from <= PIECE) return bytes.length;
  const last = bytes.lastIndexOf(TAG, from + PIECE);
  if (last > from) return last;
  const next = bytes.indexOf(TAG, from + PIECE);
  return next < 0 ? bytes.length : next;
}

/** Calls a handler, and gives its changes once it is through. */
function* called({ call, Class, facts, after }) {
  const unit = openUnit(Class, facts);
  let changes;
  try {
    const outcome = call(unit);
    if (outcome instanceof Promise) yield outcome;
    if (outcome instanceof Error) throw outcome;
  } catch (error) {
    throw error === undefined ? rewriterError("The rewriter has been stopped.") : error;
  } finally {
    changes = closeUnit(unit);
    after?.();
  }
  return changes;
}
