import { utf8Encode } from "./host.js";
import { bytesOf, concat } from "./bytes.js";
import { hasFile, readFile, writeFile } from "./project-files.js";

/** What `BunFile.writer` gives: pieces are gathered until `flush` or `end`, and written where the last ones ended. */
export class FileSink {
  #name;
  #pieces = [];
  #waiting = 0;
  #most;
  #at = 0;
  #isOver = false;

  constructor(name, { highWaterMark = 65_536 } = {}) {
    this.#name = name;
    this.#most = highWaterMark;
    if (!hasFile(name)) writeFile(name, "");
  }

  write(chunk) {
    if (this.#isOver) return true;
    const piece = typeof chunk === "string" ? utf8Encode(chunk) : bytesOf(chunk).slice();
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiting > this.#most) this.flush();
    return piece.length;
  }
  flush() {
    if (this.#waiting === 0) return 0;
    const before = readFile(this.#name) ?? new Uint8Array(0);
    const end = this.#at + this.#waiting;
    const pieces = [before.subarray(0, this.#at), ...this.#pieces, before.subarray(end)];
    writeFile(this.#name, concat(pieces).slice());
    [this.#pieces, this.#waiting, this.#at] = [[], 0, end];
    return 0;
  }
  end() {
    this.flush();
    this.#isOver = true;
    return 0;
  }
  close() {
    this.end();
  }
  start() {}
  ref() {}
  unref() {}
}
