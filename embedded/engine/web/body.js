import { utf8Decode, wellFormed } from "./host.js";
import { Blob } from "./blob.js";
import { sourceBytes, withoutStream } from "./body-source.js";
import { chunkBytes, concat } from "./bytes.js";
import { TextDecoderStream } from "./encoding-streams.js";
import { formOf } from "./form-body.js";
import { collect, isUsed, memoryStream, ReadableStream } from "./streams.js";

/** What a Request or Response was made of. */
export let recordOf;
/** Takes a body for reading, once: null, a string, bytes, a Blob, or a stream. */
export let takeBody;
/** A second source with the same content, for `clone` and `new Request(request)`. */
export let shareBody;

/** https://fetch.spec.whatwg.org/#body-mixin: what Request and Response have in common. */
export class Body {
  /**
   * `{body, used}` and what a Request or Response knows besides: one record for all of it, and no
   * private fields of theirs, because each takes the engine as long as two calls.
   */
  #record;

  constructor(record) {
    this.#record = record;
  }

  get body() {
    const record = this.#record;
    if (record.body === null) return null;
    if (!(record.body instanceof ReadableStream)) {
      record.body = memoryStream(record.body, sourceBytes);
      // A body that was read already gives a stream that is used up.
      if (record.used) record.body.cancel();
    }
    return record.body;
  }

  get bodyUsed() {
    const { body, used = false } = this.#record;
    return used || (body instanceof ReadableStream && isUsed(body));
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
    return formOf(type, () => allBytes(this.#take()));
  }

  /** Bun's: the body as a stream of text. */
  textStream() {
    const stream = this.bodyUsed || this.#record.body?.locked ? undefined : this.body;
    if (stream === undefined) throw alreadyUsed("Body is disturbed or locked");
    return (stream ?? new Blob().stream()).pipeThrough(new TextDecoderStream());
  }

  #take() {
    const record = this.#record;
    const { body } = record;
    if (record.used || this.bodyUsed) throw alreadyUsed("Body already used");
    if (body === null) return null;
    const source = withoutStream(body);
    if (source instanceof ReadableStream) {
      if (source.locked) throw alreadyUsed("The body's stream is locked by a reader");
    } else if (source !== body) body.cancel();
    record.used = true;
    return source;
  }

  static {
    recordOf = (body) => body.#record;
    takeBody = (body) => {
      const record = body.#record;
      if (typeof record.body !== "string" || record.used) return body.#take();
      record.used = true;
      return record.body;
    };
    shareBody = (body) => {
      const record = body.#record;
      if (body.bodyUsed || (record.body instanceof ReadableStream && record.body.locked)) {
        throw alreadyUsed("Body is disturbed or locked");
      }
      const source = withoutStream(record.body);
      if (!(source instanceof ReadableStream)) return source;
      const [own, other] = source.tee();
      record.body = own;
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
