// Bodies of requests that come in pieces: read as fast as the learner's code reads them.

import { run, SafeMap } from "./host.js";
import { PulledStream } from "./pulled.js";

/** Those under way, by the number of their request. */
const incomings = new SafeMap();

/** The stream of a body whose beginning is here. */
export function incoming(id, beginning) {
  const body = new PulledStream(
    (length) => incomings.has(id) && run.bodyRead(id, length),
    () => void incomings.delete(id),
  );
  incomings.set(id, body);
  body.take(beginning);
  return body.stream;
}

/** The engine: a further piece came. */
export const bodyPiece = (id, bytes) => incomings.get(id)?.take(bytes);

/** The engine: that was all, or it broke off. */
export function bodyEnd(id, broken) {
  const body = incomings.get(id);
  incomings.delete(id);
  if (typeof broken === "string") body?.fail(new TypeError(broken));
  else body?.end();
}

/** The request is over; what has not come of its body never will. */
export function dropBody(id) {
  const body = incomings.get(id);
  if (!body) return;
  incomings.delete(id);
  body.fail(new TypeError("The request is over, so the rest of its body does not come"));
}
