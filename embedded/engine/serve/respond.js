import { finish } from "./exchange.js";
import { fileParts } from "./file-parts.js";
import { Flow } from "./flow.js";
import { ReadableStream, run, web } from "./host.js";
import { cancelStream, readerOf, readOn } from "./waiting.js";
import { wireOf } from "./wire.js";

/** The longest body that goes out with its head; a longer one goes in pieces of this length. */
const PIECE = 64 * 1024;

/** So many characters fit into a piece, whatever they are. */
const TEXT = Math.floor(PIECE / 3);

/** Sends a Response as the answer of an exchange. Throws where the Response cannot be sent. */
export function respond(exchange, response) {
  const parts = web.responseParts(response, exchange.cookies);
  deliver(exchange, parts.file ? fileParts(parts, exchange) : parts);
}

/** Sends what a Response comes to on the wire. */
export function deliver(exchange, { status, fields, body }) {
  if (status < 200) throw new TypeError(`A response cannot have the status ${status}`);
  if (exchange.method === "HEAD") return deliverHead(exchange, status, fields, body);
  if (isShort(body)) {
    wireOf(exchange.id).respond(exchange.id, status, fields, body);
    return finish(exchange);
  }
  if (typeof body === "string") {
    return deliver(exchange, { status, fields, body: web.chunkBytes(body) });
  }
  const whole = body instanceof Uint8Array;
  // Before the head, so that where there is no reader the client hears why.
  const reader = whole ? null : readerOf(body);
  wireOf(exchange.id).respond(exchange.id, status, fields, whole ? body.length : -1);
  exchange.flow = new Flow(exchange, reader);
  stream(exchange, exchange.flow, body);
}

/** Whether a body can go out with its head. */
function isShort(body) {
  if (typeof body === "string") return body.length <= TEXT;
  return body === null || (body instanceof Uint8Array && body.length <= PIECE);
}

function deliverHead(exchange, status, fields, body) {
  const streams = body instanceof ReadableStream;
  if (streams) cancelStream(body);
  const length = lengthOf(body, fields);
  wireOf(exchange.id).respond(
    exchange.id,
    status,
    streams ? fields : sized(fields, status, length),
    null,
  );
  finish(exchange);
}

/** Of a body, or of the one that an answer to HEAD speaks of, where that is passed on. */
function lengthOf(body, fields) {
  if (body === null) return web.fieldValue(fields, "content-length") ?? 0;
  return typeof body === "string" ? web.chunkBytes(body).length : (body.length ?? 0);
}

/** What the body would have; what the learner's own header says is not believed, as for GET. */
function sized(fields, status, length) {
  if (status === 204 || status === 304) return fields;
  return [...web.fieldsWithout(fields, "content-length"), "content-length", String(length)];
}

/** Sends a body piece by piece, as fast as the client takes it. */
async function stream(exchange, flow, body) {
  let broken = true;
  try {
    if (flow.reader) {
      for (;;) {
        const { done, value } = await readOn(flow.reader);
        if (done) break;
        await pieces(flow, web.chunkBytes(value));
      }
    } else await pieces(flow, body);
    broken = false;
  } catch (error) {
    if (!flow.ended) run.uncaught(error);
  } finally {
    if (!flow.ended) wireOf(exchange.id).end(exchange.id, broken);
    flow.end();
    finish(exchange);
  }
}

async function pieces(flow, bytes) {
  for (let from = 0; from < bytes.length; from += PIECE) {
    if (flow.isFull) await flow.room();
    if (flow.ended) return;
    flow.send(bytes.subarray(from, from + PIECE));
  }
}
