// How the engine waits for a learner's promises and reads their streams: by what the language and the standard had at
// first, so that no change of theirs leaves a client without an answer.

import { Promise, ReadableStream, ReadableStreamDefaultReader } from "./host.js";

const { apply } = Reflect;
const everything = Object.prototype;
const { then } = Promise.prototype;
const { cancel, getReader } = ReadableStream.prototype;
const { cancel: cancelReader, read } = ReadableStreamDefaultReader.prototype;

/** Whether an answer is still to come. */
export const isPromised = (answer) =>
  answer instanceof Promise || typeof answer?.then === "function";

/** Calls one of both once an answer has come, or not. Throws where none ever would. */
export function whenCome(answer, use, fail) {
  refuseThenForAll();
  apply(answer instanceof Promise ? then : answer.then, answer, [use, fail]);
}

/** A reader of a stream, which nobody else reads. Throws where there is none, or it would read nothing. */
export function readerOf(stream) {
  refuseThenForAll();
  return apply(getReader, stream, []);
}

export const readOn = (reader) => apply(read, reader, []);
export const cancelStream = (stream) => apply(cancel, stream, []);

/** Tells a stream that nobody reads on; `fail` hears what it throws. */
export const leave = (reader, reason, fail) =>
  apply(then, apply(cancelReader, reader, [reason]), [undefined, fail]);

/** With it each object is taken for a promise, so that no promise is ever fulfilled with one. */
function refuseThenForAll() {
  if (typeof everything.then === "function")
    throw new TypeError("Object.prototype.then was set, so no promise is fulfilled with an object");
}
