import { taken } from "../flow.js";
import { ReadableStream, setTimeout, clearTimeout, web } from "../host.js";
import { PulledStream } from "../pulled.js";
import { OwnConnection } from "./connection.js";
import { phraseOf } from "./phrases.js";

/** As long as the gateway waits for an answer, in milliseconds. */
const PATIENCE = 60_000;

const BROKEN = "ECONNRESET: The socket connection was closed unexpectedly";

/** The answer to one request of the server's own, as a Response for the code that fetched. */
export class Answer extends OwnConnection {
  response;
  #asked;
  #signal;
  #stop = () => this.fail(this.#signal.reason);
  #resolve;
  #reject;
  #late;
  /** The body of an answer in pieces. */
  #body = null;

  constructor(asked, signal) {
    super();
    this.#asked = asked;
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop);
    this.response = new Promise((resolve, reject) => {
      [this.#resolve, this.#reject] = [resolve, reject];
    });
    this.#late = setTimeout(() => this.fail(broken(this.#asked.url)), PATIENCE);
    this.ask(asked);
  }

  over() {
    this.#signal.removeEventListener("abort", this.#stop);
    return super.over();
  }

  /** Ends it from the asking side, with an error for whoever waits or reads. */
  fail(error) {
    clearTimeout(this.#late);
    this.#reject(error);
    this.#body?.fail(error);
    this.leave();
  }

  respond(_, status, fields, body) {
    clearTimeout(this.#late);
    const streams = typeof body === "number";
    const length = streams ? body : byteLength(body);
    const head = { status, statusText: phraseOf(status), url: this.#asked.url.href };
    const all = received(fields, this.#asked.method, status, length);
    const format = web.formatOf(web.fieldValue(fields, "content-encoding"));
    if (!streams) this.over();
    try {
      const content = streams ? this.#stream() : body;
      this.#resolve(
        web.answered({ ...head, fields: all }, format ? plain(content, format) : content),
      );
    } catch (error) {
      this.fail(error);
    }
  }

  chunk(_, bytes) {
    this.#body?.take(bytes.slice());
  }

  end(_, isBroken) {
    this.over();
    if (!isBroken) return this.#body?.end();
    const error = broken(this.#asked.url);
    this.#reject(error);
    this.#body?.fail(error);
  }

  #stream() {
    this.#body = new PulledStream(
      (length) => taken(this.id, length),
      () => this.leave(),
    );
    return this.#body.stream;
  }
}

/** What a client gets: the host says how long a body is, and when it was sent. */
function received(fields, method, status, length) {
  const own = web.fieldsWithout(web.fieldsWithout(fields, "transfer-encoding"), "connection");
  const date = web.fieldValue(own, "date") ? [] : ["date", new Date().toUTCString()];
  if (method === "HEAD" || status === 204 || status === 304) return [...own, ...date];
  const framing = length < 0 ? ["transfer-encoding", "chunked"] : ["content-length", `${length}`];
  return [...web.fieldsWithout(own, "content-length"), ...framing, ...date];
}

/** A body as it was before it was compressed. */
function plain(body, format) {
  if (body === null) return null;
  return body instanceof ReadableStream
    ? body.pipeThrough(new web.DecompressionStream(format))
    : web.decompress(web.chunkBytes(body), format);
}

const byteLength = (body) =>
  typeof body === "string" ? web.chunkBytes(body).length : (body?.length ?? 0);

const broken = (url) =>
  Object.assign(new TypeError(BROKEN), { code: "ECONNRESET", path: url.href, errno: 0 });
