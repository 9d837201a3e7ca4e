// The polyfill looks for DOMException and AbortController when it loads, so they come first.
import "./streams-need.js";
import { hidden } from "./define.js";
import { directSource } from "./direct-source.js";
import * as standard from "web-streams-polyfill";

export const { ReadableStream, TransformStream } = standard;

/** The class that learners get: the standard's, which takes Bun's streams of the type "direct" as well. */
const GlobalReadableStream = new Proxy(ReadableStream, {
  construct: (Class, [source, ...rest], target) =>
    Reflect.construct(
      Class,
      source?.type === "direct" ? [directSource(source)] : [source, ...rest],
      target,
    ),
});
hidden(ReadableStream.prototype, { constructor: GlobalReadableStream });

/** All of the standard's classes, by their names. */
export const streamClasses = { ...standard, ReadableStream: GlobalReadableStream };

/** The longest piece of what is in memory whole, in bytes. */
const PIECE = 64 * 1024;

/** Streams over something that is in memory whole, and what that is. */
const inMemory = new WeakMap();

/** Whether anything was read from it, or it was cancelled. */
const disturbed = (stream) => stream._disturbed;

/** A stream over a source in memory; `read` turns it into bytes when they are wanted. */
export function memoryStream(source, read) {
  let rest;
  const stream = new ReadableStream(
    {
      pull(controller) {
        rest ??= read(source);
        if (rest.length > 0) controller.enqueue(rest.slice(0, PIECE));
        rest = rest.subarray(PIECE);
        if (rest.length === 0) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  inMemory.set(stream, source);
  return stream;
}

/** The source of an untouched stream from memory, so that it needs no reading; else undefined. */
export const memoryOf = (stream) =>
  stream.locked || disturbed(stream) ? undefined : inMemory.get(stream);

/** What a stream has failed with, in a list; empty where it has not. */
export const failureOf = (stream) => (stream._state === "errored" ? [stream._storedError] : []);

export const isUsed = (stream) => disturbed(stream);

/** A stream of what an async iterable gives; its `return` runs when the stream is cancelled. */
export function iterableStream(iterable) {
  const iterator = iterable[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** All pieces of a stream. */
export async function collect(stream) {
  const reader = stream.getReader();
  const pieces = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
  }
}
