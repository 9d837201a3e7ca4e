import { ReadableStream } from "./host.js";

/** A stream whose pieces come from elsewhere, and are given one by one as somebody reads. */
export class PulledStream {
  #controller;
  /** Pieces that nobody has read yet. */
  #pieces = [];
  #isWanted = false;
  #isWhole = false;
  #whenRead;
  stream;

  /** `whenRead` is told the length of each piece that was given; `cancel`, that nobody reads on. */
  constructor(whenRead, cancel) {
    this.#whenRead = whenRead;
    this.stream = new ReadableStream(
      {
        start: (controller) => void (this.#controller = controller),
        pull: () => {
          this.#isWanted = true;
          this.#give();
        },
        cancel,
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
      this.#whenRead(length);
    }
    if (this.#isWhole && this.#pieces.length === 0) {
      this.#isWhole = false;
      this.#controller.close();
    }
  }
}
