// What Bun adds to streams: all of one at once, and all that waits in one.

import { utf8Decode } from "./host.js";
import { Blob } from "./blob.js";
import { chunkBytes, concat } from "./bytes.js";
import { hidden } from "./define.js";
import { coded } from "./node-errors.js";
import { collect, isUsed, ReadableStream, streamClasses } from "./streams.js";

async function bytesOf(stream) {
  const what = isUsed(stream) ? "has already been used" : stream.locked ? "is locked" : null;
  if (what !== null) {
    throw coded(TypeError, "ERR_INVALID_STATE", `Invalid state: ReadableStream ${what}`);
  }
  return concat((await collect(stream)).map(chunkBytes));
}

hidden(ReadableStream.prototype, {
  bytes() {
    return bytesOf(this);
  },
  async text() {
    return utf8Decode(await bytesOf(this), false, false);
  },
  async json() {
    return JSON.parse(await this.text());
  },
  async blob() {
    return new Blob([await bytesOf(this)]);
  },
});

hidden(streamClasses.ReadableStreamDefaultReader.prototype, {
  /** Waits for one chunk, and gives those that wait behind it as well. */
  async readMany() {
    const stream = this._ownerReadableStream;
    const value = [];
    do {
      const { done, value: chunk } = await this.read();
      if (done) break;
      value.push(chunk);
    } while (stream._readableStreamController?._queue?.length > 0);
    return { value, size: value.length, done: value.length === 0 };
  },
});
