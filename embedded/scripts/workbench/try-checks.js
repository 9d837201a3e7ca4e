// Tries all checks of a trial, several at once: those first that failed before, none beside the first until its
// server has started, and at the end, one after the other, those that want to be alone.

import { checkItem } from "./check-item.js";
import { inLanes } from "./lanes.js";
import { oneCheck } from "./one-check.js";
import { sentence } from "./parts.js";

// Most of a check is waiting, for answers and for quiet.
const SIDE_BY_SIDE = 3;

// Gives { passed, failed, all }: how many passed, the items that failed, in order, and whether the challenge is
// passed; or { ended } with why the checks ended early. `stop` is an AbortController.
export async function tryChecks({ box, outlines, trial, stories, showWire, say, stop }) {
  const { signal } = stop;
  const checks = outlines.map((outline) => {
    const item = checkItem(box, outline.id, showWire);
    return oneCheck({ outline, item, trial, stories, signal });
  });
  const inOrder = [...checks].sort(
    (a, b) => a.alone - b.alone || b.item.hasFailed() - a.item.hasFailed(),
  );
  for (const { item } of checks) item.become("ahead");
  let done = 0;
  let passed = 0;
  let isAll = false;
  let ended = null;

  const end = (text) => {
    ended ??= text;
    stop.abort();
  };
  const tell = () => {
    const failed = done - passed;
    say(`${done} of ${checks.length} checked${failed ? `, ${failed} failed so far` : ""} …`);
  };
  // Whatever goes wrong in a check ends all of them.
  const guarded = (deed) => async (room) => {
    try {
      return await deed(room);
    } catch (error) {
      return end(`The checks ended early: ${sentence(error.message)}`);
    }
  };

  const play = (check) => async () => {
    const verdict = await check.play();
    check.end();
    if (!verdict) return;
    done += 1;
    passed += verdict.passed;
    isAll = verdict.all;
    if (verdict.fault) end(`Your server does not start: ${sentence(verdict.fault)}`);
    else tell();
  };
  const beginAndPlay =
    (check) =>
    async ({ isAlone }) => {
      if ((await check.begin()) || isAlone) return play(check)();
      check.end();
      return "later";
    };

  tell();
  const [first, ...others] = inOrder;
  await guarded(first.begin)();
  const tasks = [play(first), ...others.map(beginAndPlay)].map(guarded);
  const together = inOrder.filter((check) => !check.alone).length;
  await inLanes(tasks.slice(0, together), SIDE_BY_SIDE, signal);
  await inLanes(tasks.slice(together), 1, signal);
  for (const check of checks) check.end();
  if (ended) return { ended };
  const failed = checks.map(({ item }) => item).filter((item) => item.hasFailed());
  return { passed, failed, all: isAll };
}
