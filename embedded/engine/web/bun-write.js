// Bun.write, and what a BunFile has for writing: files that live in the memory of the Run, beside the project's.

import { log, utf8Encode } from "./host.js";
import { Blob, content } from "./blob.js";
import { Body } from "./body.js";
import { BunFile, nameOf } from "./bun-file.js";
import { bytesOf, isBuffer } from "./bytes.js";
import { hidden } from "./define.js";
import { FileSink } from "./file-sink.js";
import { Stats } from "./file-stats.js";
import { coded, invalid, invalidType } from "./node-errors.js";
import { hasFile, missingFile, removeFile, writeFile } from "./project-files.js";
import { ReadableStream } from "./streams.js";
import { Response } from "./response.js";
import { URL } from "./url.js";

/** https://bun.com/docs/api/file-io#writing-files-bun-write: how many bytes were written. */
export function write(destination, data) {
  if (typeof destination === "number") return toDescriptor(destination, data);
  const path = pathOf(destination);
  if (data === undefined || data === null) {
    throw invalid("Bun.write(pathOrFdOrBlob, blob) expects a Blob-y thing to write");
  }
  return save(path, data);
}
Object.defineProperty(write, "length", { value: 1 });

async function save(path, data) {
  const whole = typeof data === "string" ? data : await bytesFrom(data);
  const name = nameOf(path);
  if (name === "") throw missingFile("open", "");
  writeFile(name, whole);
  return typeof whole === "string" ? utf8Encode(whole).length : whole.length;
}

async function bytesFrom(data) {
  if (data instanceof Blob) return data[content]().slice();
  if (data instanceof Body) return data.bytes();
  if (data instanceof ReadableStream) return new Response(data).bytes();
  if (isBuffer(data) || ArrayBuffer.isView(data)) return bytesOf(data).slice();
  return Array.isArray(data) ? new Blob(data)[content]() : utf8Encode(String(data));
}

function pathOf(destination) {
  if (destination instanceof BunFile) return destination.name;
  if (destination instanceof Blob) {
    throw invalid("Cannot write to a Blob backed by bytes, which are always read-only");
  }
  if (destination instanceof URL) return decodeURIComponent(destination.pathname);
  if (typeof destination === "string") return destination;
  if (isBuffer(destination) || ArrayBuffer.isView(destination)) {
    return String.fromCharCode(...bytesOf(destination));
  }
  throw invalidType("destination", "of type path, file descriptor, or Blob", destination);
}

/** Standard output and error are the console; nothing else is open. */
async function toDescriptor(descriptor, data) {
  if (descriptor !== 1 && descriptor !== 2) {
    throw coded(Error, "EBADF", "EBADF: bad file descriptor, write");
  }
  const text = await new Response(data).text();
  log(descriptor === 1 ? "log" : "error", text.replace(/\n$/, ""));
  return utf8Encode(text).length;
}

async function unlink() {
  if (!removeFile(nameOf(this.name))) throw missingFile("unlink", this.name);
}

const methods = {
  write(data) {
    return write(this, data);
  },
  writer(options) {
    return new FileSink(nameOf(this.name), options);
  },
  async stat() {
    if (!hasFile(nameOf(this.name))) throw missingFile("stat", this.name);
    return new Stats(this.size, this.lastModified);
  },
  unlink,
  delete: unlink,
};
hidden(BunFile.prototype, methods);
