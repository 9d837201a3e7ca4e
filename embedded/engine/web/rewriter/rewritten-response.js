import { recordOf, takeBody } from "../body.js";
import { sourceBytes } from "../body-source.js";
import { chunkBytes, concat } from "../bytes.js";
import { coded, invalid } from "../node-errors.js";
import { rewrittenOver } from "../response.js";
import { ReadableStream } from "../streams.js";
import { Rewriting } from "./rewriting.js";
import { runLater, runNow } from "./steps.js";

/** How much is rewritten before somebody reads it, in bytes. */
const AHEAD = 64 * 1024;

/** A Response with the same head, whose body is rewritten as it comes. */
export function rewrittenResponse(response, handlers) {
  if (response.bodyUsed) throw invalid("Response body already used");
  const { body: given } = recordOf(response);
  if (given instanceof ReadableStream && given.locked) {
    const message = "Stream already used, please create a new one";
    throw coded(Error, "ERR_STREAM_ALREADY_FINISHED", message);
  }
  const rewriting = new Rewriting(handlers);
  const source = takeBody(response) ?? new Uint8Array(0);
  const body =
    source instanceof ReadableStream
      ? streamed(source, rewriting)
      : whole(sourceBytes(source), rewriting);
  return rewrittenOver(response, body);
}

/** Bytes, or a stream where a handler is not through or has failed. */
function whole(bytes, rewriting) {
  const steps = rewriting.whole(bytes);
  try {
    const outcome = runNow(steps);
    if (!outcome.waits) return concat(outcome.value);
    const later = runLater(steps, outcome).then(concat);
    later.catch(() => {});
    return streamOf(later);
  } catch (error) {
    return new ReadableStream({ start: (controller) => controller.error(error) });
  }
}

function streamOf(promise) {
  return new ReadableStream({
    async pull(controller) {
      const bytes = await promise;
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

function streamed(source, rewriting) {
  const reader = source.getReader();
  const run = (steps) => runLater(steps, runNow(steps));
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          while (await passOn(await reader.read(), controller));
        } catch (error) {
          reader.cancel(error).catch(() => {});
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: AHEAD, size: (bytes) => bytes.length },
  );

  /** Whether nothing came of it yet. */
  async function passOn({ done, value }, controller) {
    const pieces = done
      ? [await run(rewriting.end())]
      : await run(rewriting.pieces(chunkBytes(value)));
    const bytes = concat(pieces);
    if (bytes.length > 0) controller.enqueue(bytes);
    if (done) controller.close();
    return !done && bytes.length === 0;
  }
}
