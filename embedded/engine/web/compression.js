// gzip and deflate, whole: Bun's functions, and the standard's streams.

import { compress, decompress, utf8Encode } from "./host.js";
import { bytesOf, chunkBytes, concat, isBuffer } from "./bytes.js";
import { tag } from "./define.js";
import { coded } from "./node-errors.js";
import { TransformStream } from "./streams.js";

const USUAL = 6;
const FORMATS = ["deflate", "deflate-raw", "gzip"];

const compressor = (format) =>
  function (data, options = undefined) {
    return compress(bytesFrom(data), format, level(options));
  };
const decompressor = (format) =>
  function (data, _ = undefined) {
    return decompress(bytesFrom(data), format);
  };

/** https://bun.com/docs/api/utils#bun-gzipsync; what Bun calls deflate has no frame. */
export const compression = {
  gzipSync: compressor("gzip"),
  gunzipSync: decompressor("gzip"),
  deflateSync: compressor("deflate-raw"),
  inflateSync: decompressor("deflate-raw"),
};

function bytesFrom(data) {
  if (typeof data === "string") return utf8Encode(data);
  if (isBuffer(data) || ArrayBuffer.isView(data)) return bytesOf(data);
  const message = "data must be a string, ArrayBuffer or ArrayBufferView";
  throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
}

function level(options) {
  const given = options?.level ?? USUAL;
  const wanted = given === -1 ? USUAL : given;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= 9) return wanted;
  throw new Error("Zlib error: Invalid argument");
}

/**
 * https://compression.spec.whatwg.org/: all of it comes at the end, since what is under way in between would lie
 * outside of the Run's memory.
 */
class Whole {
  #transform;

  constructor(format, make) {
    if (!FORMATS.includes(format)) throw unknown(format);
    const pieces = [];
    this.#transform = new TransformStream({
      transform: (chunk) => void pieces.push(chunkBytes(chunk).slice()),
      flush(controller) {
        const made = make(concat(pieces), format);
        if (made.length > 0) controller.enqueue(made);
      },
    });
  }
  get readable() {
    return this.#transform.readable;
  }
  get writable() {
    return this.#transform.writable;
  }
}

export class CompressionStream extends Whole {
  constructor(format) {
    super(format, (bytes) => compress(bytes, format, USUAL));
  }
}

export class DecompressionStream extends Whole {
  constructor(format) {
    super(format, (bytes) => {
      try {
        return decompress(bytes, format);
      } catch (error) {
        throw error instanceof RangeError ? error : new TypeError(error.message);
      }
    });
  }
}
tag(CompressionStream, "CompressionStream");
tag(DecompressionStream, "DecompressionStream");

function unknown(format) {
  const given = typeof format === "string" ? `'${format}'` : String(format);
  const message = `The argument 'format' must be one of: ${FORMATS.join(", ")}. Received ${given}`;
  return coded(TypeError, "ERR_INVALID_ARG_VALUE", message);
}

/** What a body was before it was sent with this `content-encoding`; undefined where it is none of ours. */
export const formatOf = (encoding) =>
  ({ gzip: "gzip", "x-gzip": "gzip", deflate: "deflate" })[encoding?.trim().toLowerCase()];
