import { utf8Decode, wellFormed } from "./host.js";
import { Blob } from "./blob.js";
import { sourceBytes, withoutStream } from "./body-source.js";
import { chunkBytes, concat } from "./bytes.js";
import { FormData } from "./form-data.js";
import { boundaryOf, parseMultipart } from "./multipart.js";
import { collect, isUsed, memoryStream, ReadableStream } from "./streams.js";
import { parseUrlencoded } from "./urlencoded.js";

/** Takes a body for reading, once: null, a string, bytes, a Blob, or a stream. */
export let takeBody;
/** A second source with the same content, for `clone` and `new Request(request)`. */
export let shareBody;

/** https://fetch.spec.whatwg.org/#body-mixin: what Request and Response have in common. */
export class Body {
  #source;
  #used = false;

  constructor(source) {
    this.#source = source;
  }

  get body() {
    if (this.#source === null) return null;
    if (!(this.#source instanceof ReadableStream)) {
      this.#source = memoryStream(this.#source, sourceBytes);
      // A body that was read already gives a stream that is used up.
      if (this.#used) this.#source.cancel();
    }
    return this.#source;
  }

  get bodyUsed() {
    return this.#used || (this.#source instanceof ReadableStream && isUsed(this.#source));
  }

  async text() {
    const source = this.#take();
    if (typeof source === "string") return wellFormed(source);
    return utf8Decode(await allBytes(source), false, false);
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async bytes() {
    return (await allBytes(this.#take())).slice();
  }
  async arrayBuffer() {
    return (await this.bytes()).buffer;
  }
  async blob() {
    const type = this.headers.get("content-type") ?? "";
    return new Blob([await allBytes(this.#take())], { type });
  }

  async formData() {
    const type = this.headers.get("content-type") ?? "";
    if (/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
      const form = new FormData();
      for (const [name, value] of parseUrlencoded(await this.text())) form.append(name, value);
      return form;
    }
    const boundary = boundaryOf(type);
    if (!/^\s*multipart\/form-data\s*;/i.test(type) || !boundary) {
      throw new TypeError(`A form cannot be read from a body of type "${type}"`);
    }
    return parseMultipart(await allBytes(this.#take()), boundary);
  }

  #take() {
    if (this.bodyUsed) throw alreadyUsed("Body already used");
    if (this.#source === null) return null;
    const source = withoutStream(this.#source);
    if (source instanceof ReadableStream) {
      if (source.locked) throw alreadyUsed("The body's stream is locked by a reader");
    } else if (source !== this.#source) this.#source.cancel();
    this.#used = true;
    return source;
  }

  static {
    takeBody = (body) => body.#take();
    shareBody = (body) => {
      if (body.bodyUsed || (body.#source instanceof ReadableStream && body.#source.locked)) {
        throw alreadyUsed("Body is disturbed or locked");
      }
      const source = withoutStream(body.#source);
      if (!(source instanceof ReadableStream)) return source;
      const [own, other] = source.tee();
      body.#source = own;
      return other;
    };
  }
}

const alreadyUsed = (message) =>
  Object.assign(new TypeError(message), { code: "ERR_BODY_ALREADY_USED" });

async function allBytes(source) {
  if (source === null) return new Uint8Array(0);
  if (!(source instanceof ReadableStream)) return sourceBytes(source);
  return concat((await collect(source)).map(chunkBytes));
}
