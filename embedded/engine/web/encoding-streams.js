import { chunkBytes } from "./bytes.js";
import { tag } from "./define.js";
import { TextDecoder, TextEncoder } from "./encoding.js";
import { TransformStream } from "./streams.js";

/** https://encoding.spec.whatwg.org/#interface-textencoderstream */
export class TextEncoderStream {
  #pipe;

  constructor() {
    const encoder = new TextEncoder();
    // A surrogate pair may be cut in two between chunks.
    let half = "";
    this.#pipe = new TransformStream({
      transform(chunk, controller) {
        const text = half + String(chunk);
        half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : "";
        const whole = half ? text.slice(0, -1) : text;
        if (whole) controller.enqueue(encoder.encode(whole));
      },
      flush(controller) {
        if (half) controller.enqueue(encoder.encode(half));
      },
    });
  }

  get encoding() {
    return "utf-8";
  }
  get readable() {
    return this.#pipe.readable;
  }
  get writable() {
    return this.#pipe.writable;
  }
}

/** https://encoding.spec.whatwg.org/#interface-textdecoderstream */
export class TextDecoderStream {
  #decoder;
  #pipe;

  constructor(label, options) {
    const decoder = new TextDecoder(label, options);
    this.#decoder = decoder;
    this.#pipe = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunkBytes(chunk), { stream: true });
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }
  get fatal() {
    return this.#decoder.fatal;
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }
  get readable() {
    return this.#pipe.readable;
  }
  get writable() {
    return this.#pipe.writable;
  }
}

tag(TextEncoderStream, "TextEncoderStream");
tag(TextDecoderStream, "TextDecoderStream");
