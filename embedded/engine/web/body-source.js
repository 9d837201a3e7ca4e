// What a body is made from: null, a string, bytes, a Blob, or a stream. All but streams are kept
// as they are until someone reads them, so that a page given as a string never becomes a stream.

import { utf8Encode } from "./host.js";
import { Blob, content, isText } from "./blob.js";
import { BunFile } from "./bun-file.js";
import { bytesOf, isBuffer } from "./bytes.js";
import { FormData } from "./form-data.js";
import { mimeType, wholeType } from "./mime.js";
import { newBoundary, serializeMultipart } from "./multipart.js";
import { isUsed, iterableStream, memoryOf, ReadableStream } from "./streams.js";
import { URLSearchParams } from "./url-search-params.js";

/** The type of a body that is text. */
export const TEXT = "text/plain;charset=utf-8";

const AsyncGeneratorFunction = async function* () {}.constructor;

/** What Bun says of bytes on the wire when a response does not. */
export const BYTES = "application/octet-stream";

/**
 * The source of a body, the content type that it brings along, and, where it brings none, the one
 * that it goes out with all the same.
 */
export function extract(body) {
  if (body === null || body === undefined) return { source: null };
  if (typeof body === "object" || typeof body === "function") return extractObject(body);
  const source = String(body);
  return source === "" ? { source } : { source, type: TEXT };
}

function extractObject(body) {
  if (body instanceof ReadableStream) {
    if (body.locked || isUsed(body)) throw new TypeError("The stream is already in use");
    return { source: body, wire: streamType(memoryOf(body)) };
  }
  if (body instanceof Blob) {
    const wire = body.size === 0 ? undefined : isText(body) ? TEXT : BYTES;
    return { source: body, type: wholeType(body.type) || undefined, wire };
  }
  if (ArrayBuffer.isView(body) || isBuffer(body)) {
    return { source: bytesOf(body).slice(), wire: BYTES };
  }
  if (body instanceof URLSearchParams) {
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return { source: body.toString(), type };
  }
  if (body instanceof FormData) {
    const boundary = newBoundary();
    const type = `multipart/form-data; boundary=${boundary}`;
    return { source: serializeMultipart(body, boundary), type };
  }
  if (typeof body[Symbol.asyncIterator] === "function") return { source: iterableStream(body) };
  if (body instanceof AsyncGeneratorFunction) return { source: iterableStream(body()) };
  return { source: String(body), type: TEXT };
}

/** The type that a stream of a Blob goes out with: a file's is by its name, as in Bun, whatever type was given. */
function streamType(source) {
  if (source instanceof BunFile) return mimeType(source.name);
  return source instanceof Blob ? wholeType(source.type) || BYTES : undefined;
}

/** The bytes of a source that is no stream. */
export function sourceBytes(source) {
  if (typeof source === "string") return utf8Encode(source);
  return source instanceof Blob ? source[content]() : source;
}

/** A stream that nobody touched gives back what it was made from. */
export function withoutStream(source) {
  return source instanceof ReadableStream ? (memoryOf(source) ?? source) : source;
}
