import { finish } from "./exchange.js";
import { fileParts } from "./file-parts.js";
import { Flow } from "./flow.js";
import { ReadableStream, run, web } from "./host.js";

/** The longest body that goes out with its head; a longer one goes in pieces of this length. */
const PIECE = 64 * 1024;

/** Sends a Response as the answer of an exchange. Throws where the Response cannot be sent. */
export function respond(exchange, response) {
  const { request } = exchange;
  const parts = web.responseParts(response, request);
  deliver(exchange, parts.file ? fileParts(parts, request) : parts);
}

/** Sends what a Response comes to on the wire. */
export function deliver(exchange, { status, headers, body }) {
  const { id, request } = exchange;
  if (status < 200) throw new TypeError(`A response cannot have the status ${status}`);
  if (request.method === "HEAD") {
    const streams = body instanceof ReadableStream;
    if (streams) body.cancel();
    run.respond(id, status, streams ? headers : sized(headers, status, body?.length ?? 0), null);
    finish(exchange);
  } else if (body === null || (body instanceof Uint8Array && body.length <= PIECE)) {
    run.respond(id, status, headers, body);
    finish(exchange);
  } else {
    const whole = body instanceof Uint8Array;
    run.respond(id, status, headers, whole ? body.length : -1);
    exchange.flow = new Flow(exchange, whole ? null : body.getReader());
    stream(exchange, exchange.flow, body);
  }
}

/** What the body would have; what the learner's own header says is not believed, as for GET. */
function sized(headers, status, length) {
  if (status === 204 || status === 304) return headers;
  const others = headers.filter(([name]) => name !== "content-length");
  return [...others, ["content-length", String(length)]];
}

/** Sends a body piece by piece, as fast as the client takes it. */
async function stream(exchange, flow, body) {
  let broken = true;
  try {
    if (flow.reader) {
      for (;;) {
        const { done, value } = await flow.reader.read();
        if (done) break;
        await pieces(flow, web.chunkBytes(value));
      }
    } else await pieces(flow, body);
    broken = false;
  } catch (error) {
    if (!flow.ended) run.uncaught(error);
  } finally {
    if (!flow.ended) run.end(exchange.id, broken);
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
