// Bodies of requests that come in pieces: read as fast as the learner's code reads them.

import { ReadableStream, run } from "./host.js";

/** Those under way, by the number of their request. */
const incomings = new Map();

class Incoming {
  #id;
  #controller;
  /** Pieces that nobody has read yet. */
  #pieces;
  #isWanted = false;
  #isWhole = false;
  stream;

  constructor(id, beginning) {
    this.#id = id;
    this.#pieces = [beginning];
    this.stream = new ReadableStream(
      {
        start: (controller) => void (this.#controller = controller),
        pull: () => {
          this.#isWanted = true;
          this.#give();
        },
        cancel: () => void incomings.delete(id),
      },
      { highWaterMark: 0 },
    );
  }

  take(bytes) {
    this.#pieces.push(bytes);
    this.#give();
  }

  end() {
    this.#isWhole = true;
    this.#give();
  }

  fail(error) {
    this.#controller.error(error);
  }

  #give() {
    if (this.#isWanted && this.#pieces.length > 0) {
      this.#isWanted = false;
      const piece = this.#pieces.shift();
      // The enqueued bytes may be transferred, so their length is asked for before.
      const { length } = piece;
      this.#controller.enqueue(piece);
      if (incomings.has(this.#id)) run.bodyRead(this.#id, length);
    }
    if (this.#isWhole && this.#pieces.length === 0) {
      this.#isWhole = false;
      this.#controller.close();
    }
  }
}

/** The stream of a body whose beginning is here. */
export function incoming(id, beginning) {
  const body = new Incoming(id, beginning);
  incomings.set(id, body);
  return body.stream;
}

/** The engine: a further piece came. */
export const bodyPiece = (id, bytes) => incomings.get(id)?.take(bytes);

/** The engine: that was all, or it broke off. */
export function bodyEnd(id, broken) {
  const body = incomings.get(id);
  incomings.delete(id);
  if (typeof broken === "string") body?.fail(new TypeError(broken));
  else body?.end();
}

/** The request is over; what has not come of its body never will. */
export function dropBody(id) {
  const body = incomings.get(id);
  if (!body) return;
  incomings.delete(id);
  body.fail(new TypeError("The request is over, so the rest of its body does not come"));
}
