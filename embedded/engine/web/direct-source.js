import { chunkBytes, concat } from "./bytes.js";

/**
 * https://bun.com/docs/api/streams: a source of the type "direct", as one of the standard. Its `pull` is called
 * once and writes; what is written goes out at `flush`, or else after the current turn.
 */
export function directSource({ pull, cancel }) {
  let sink = null;
  return {
    pull(controller) {
      if (sink) return;
      sink = new DirectSink(controller);
      // Like Bun, which takes the end of an async `pull` as the end of the stream.
      pull?.(sink)?.then?.(
        () => sink.end(),
        (error) => sink.fail(error),
      );
    },
    cancel(reason) {
      sink?.stop();
      return cancel?.(reason);
    },
  };
}

class DirectSink {
  #controller;
  #waiting = [];
  #over = false;

  constructor(controller) {
    this.#controller = controller;
  }

  /** Gives the number of bytes. */
  write(chunk) {
    if (this.#over) return 0;
    const bytes = chunkBytes(chunk).slice();
    if (this.#waiting.length === 0) Promise.resolve().then(() => this.flush());
    this.#waiting.push(bytes);
    return bytes.length;
  }
  flush() {
    if (this.#over || this.#waiting.length === 0) return 0;
    const bytes = concat(this.#waiting);
    this.#waiting = [];
    if (bytes.length > 0) this.#controller.enqueue(bytes);
    return bytes.length;
  }
  end() {
    if (this.#over) return;
    this.flush();
    this.stop();
    this.#controller.close();
  }
  close(error) {
    return error === undefined ? this.end() : this.fail(error);
  }
  fail(error) {
    if (this.#over) return;
    this.stop();
    this.#controller.error(error);
  }
  stop() {
    this.#over = true;
  }
}
