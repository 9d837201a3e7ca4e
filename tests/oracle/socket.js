// A WebSocket client that sees each frame as it comes: pings, fragments and close codes included.

import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import { headersOf, PATIENCE, shown } from "./http.js";

const KINDS = { 0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong" };
const OPCODES = Object.fromEntries(Object.entries(KINDS).map(([code, kind]) => [kind, +code]));

/** Shakes hands; `{ seen, socket }`, where `seen` is the answer, and no socket when it was refused. */
export function handshake(port, path, headers = {}) {
  const key = randomBytes(16).toString("base64");
  const host = `127.0.0.1:${port}`;
  const asked = { host, connection: "Upgrade", upgrade: "websocket", "sec-websocket-key": key };
  return new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", path, agent: false, timeout: PATIENCE };
    const all = { ...asked, "sec-websocket-version": "13", ...headers };
    const request = http.get({ ...options, headers: all });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", reject);
    request.on("upgrade", (response, stream, head) => {
      const seen = answered(response, key);
      resolve({ seen, socket: new Socket(stream, head) });
    });
    request.on("response", async (response) => {
      const pieces = [];
      for await (const piece of response) pieces.push(piece);
      const seen = { status: response.statusCode, headers: headersOf(response) };
      resolve({ seen: { ...seen, body: shown(Buffer.concat(pieces)) } });
    });
  });
}

/** The accept value differs by the key, so that what is seen is whether it is right. */
function answered(response, key) {
  const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  const right = createHash("sha1").update(`${key}${guid}`).digest("base64");
  const headers = headersOf(response);
  const accept = headers["sec-websocket-accept"] === right ? "right" : "wrong";
  return { status: 101, headers: { ...headers, "sec-websocket-accept": accept } };
}

class Socket {
  #stream;
  #bytes;
  #frames = [];
  #waiting = null;
  #over = false;

  constructor(stream, head) {
    this.#stream = stream;
    this.#bytes = head;
    stream.setNoDelay(true);
    stream.on("data", (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#read();
    });
    const over = () => {
      this.#over = true;
      this.#wake();
    };
    stream.on("error", over);
    stream.on("close", over);
    stream.on("end", over);
    this.#read();
  }

  /** The next frame, `{ over: true }` when the connection has ended, or `{ silent: true }`. */
  async next(patience = PATIENCE) {
    const deadline = Date.now() + patience;
    while (this.#frames.length === 0) {
      if (this.#over) return { over: true };
      const left = deadline - Date.now();
      if (left <= 0) return { silent: true };
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting = () => (clearTimeout(timer), resolve());
      });
    }
    return this.#frames.shift();
  }

  /** Sends one frame; `fin: false` begins a message in fragments. */
  send(kind, payload = "", { fin = true } = {}) {
    const bytes = Buffer.from(payload);
    const head = [(fin ? 0x80 : 0) | OPCODES[kind]];
    if (bytes.length < 126) head.push(0x80 | bytes.length);
    else if (bytes.length < 0x1_0000) head.push(0x80 | 126, bytes.length >> 8, bytes.length & 255);
    else head.push(0x80 | 127, ...longLength(bytes.length));
    const mask = randomBytes(4);
    const masked = bytes.map((byte, at) => byte ^ mask[at % 4]);
    this.#stream.write(Buffer.concat([Buffer.from(head), mask, masked]));
  }

  close(code, reason = "") {
    const payload = Buffer.alloc(code === undefined ? 0 : 2);
    if (code !== undefined) payload.writeUInt16BE(code);
    this.send("close", Buffer.concat([payload, Buffer.from(reason)]));
  }

  /** Stops reading, so that the server's bytes pile up. */
  pause() {
    this.#stream.pause();
  }
  resume() {
    this.#stream.resume();
  }
  cut() {
    this.#stream.destroy();
  }

  #read() {
    for (;;) {
      const frame = this.#frame();
      if (!frame) break;
      this.#frames.push(frame);
    }
    this.#wake();
  }

  #wake() {
    this.#waiting?.();
    this.#waiting = null;
  }

  #frame() {
    const bytes = this.#bytes;
    if (bytes.length < 2) return null;
    let [at, length] = [2, bytes[1] & 0x7f];
    if (length === 126) [at, length] = [4, bytes.length < 4 ? Infinity : bytes.readUInt16BE(2)];
    else if (length === 127) {
      [at, length] = [10, bytes.length < 10 ? Infinity : Number(bytes.readBigUInt64BE(2))];
    }
    if (bytes.length < at + length) return null;
    const payload = bytes.subarray(at, at + length);
    this.#bytes = bytes.subarray(at + length);
    return frameOf(bytes[0], payload);
  }
}

const longLength = (length) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
};

function frameOf(first, payload) {
  const kind = KINDS[first & 0x0f] ?? `opcode ${first & 0x0f}`;
  const frame = first & 0x80 ? { kind } : { kind, fin: false };
  if (kind !== "close") return { ...frame, payload: shown(payload) };
  const code = payload.length >= 2 ? payload.readUInt16BE(0) : null;
  return { ...frame, code, reason: shown(payload.subarray(2)) };
}
