import assert from "node:assert/strict";
import { test } from "node:test";
import { webContext } from "./context.mjs";

const { run } = webContext();

test("reading, piping, teeing, transforming", async () => {
  const seen = await run(async () => {
    const from = (...pieces) => ReadableStream.from(pieces);
    const all = async (stream) => {
      const pieces = [];
      for await (const piece of stream) pieces.push(piece);
      return pieces;
    };
    const [left, right] = from(1, 2).tee();
    const doubled = new TransformStream({
      transform: (n, controller) => controller.enqueue(n * 2),
    });
    const written = [];
    await from("a", "b").pipeTo(new WritableStream({ write: (piece) => void written.push(piece) }));
    return [await all(left), await all(right), await all(from(1, 2).pipeThrough(doubled)), written];
  });
  assert.deepEqual(seen, [
    [1, 2],
    [1, 2],
    [2, 4],
    ["a", "b"],
  ]);
});

test("back pressure, errors, cancelling", async () => {
  const seen = await run(async () => {
    const log = [];
    const stream = new ReadableStream(
      {
        pull(controller) {
          log.push("pull");
          controller.enqueue(1);
        },
        cancel: (reason) => void log.push(reason),
      },
      { highWaterMark: 2 },
    );
    await new Promise((resolve) => setTimeout(resolve, 1));
    const reader = stream.getReader();
    await reader.cancel("enough");
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("e")) });
    const error = await new Response(broken).text().catch(({ message }) => message);
    const aborted = await ReadableStream.from([1])
      .pipeTo(new WritableStream(), { signal: AbortSignal.abort() })
      .catch(({ name }) => name);
    return [log, error, aborted];
  });
  assert.deepEqual(seen, [["pull", "pull", "enough"], "e", "AbortError"]);
});
