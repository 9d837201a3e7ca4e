// Tries all checks of a trial, several at once: those first that failed or could not be tried before, none beside the
// first until its server has started, and at the end, one after the other, those that want to be alone.
//
// Where sandboxes have ports, these may be scarce: then fewer checks are under way at once, and the last lane waits
// for its ports. A check that gets none in the end is untried, which is no result.

import { checkItem } from "./check-item.js";
import { LATER, inLanes } from "./lanes.js";
import { oneCheck } from "./one-check.js";
import { sentence } from "./parts.js";

// Most of a check is waiting, for answers and for quiet.
const SIDE_BY_SIDE = 3;

// Gives { passed, failed, untried, all }: how many passed, the items that failed, in order, those that could not be
// tried, and whether the challenge is passed; or { ended } with why the checks ended early. `stop` is an AbortController.
export async function tryChecks({ box, outlines, trial, stories, showWire, say, stop }) {
  const { signal } = stop;
  const checks = outlines.map((outline) => {
    const item = checkItem(box, outline.id, showWire);
    return oneCheck({ outline, item, trial, stories, signal });
  });
  const inOrder = [...checks].sort(
    (a, b) => a.alone - b.alone || b.item.isFirst() - a.item.isFirst(),
  );
  for (const { item } of checks) item.queue();
  let done = 0;
  let passed = 0;
  let isAll = false;
  let ended = null;
  // Whether the server does not start.
  let hasBroken = false;
  let isWaiting = false;
  // Somebody has waited for ports in vain: nobody of this trial waits as long again.
  let isHopeless = false;

  const end = (text) => {
    ended ??= text;
    stop.abort();
  };
  const tell = () => {
    const failed = done - passed;
    const sum = `${done} of ${checks.length} checked${failed ? `, ${failed} failed so far` : ""}`;
    say(isWaiting ? `${sum}. Waiting for a free port …` : `${sum} …`);
  };
  // Whatever goes wrong in a check ends all of them.
  const guarded = (deed) => async (lane) => {
    try {
      return await deed(lane);
    } catch (error) {
      return end(`The checks ended early: ${sentence(error.message)}`);
    }
  };

  const count = (verdict) => {
    done += 1;
    passed += verdict.passed;
    isAll = verdict.all;
  };
  // A server that does not start is the one thing to mend: it is one check's result, and the others are not tried.
  const failToStart = async (check, fault) => {
    if (ended) return;
    end(`Your server does not start: ${sentence(fault)}`);
    const verdict = await check.failToStart(fault);
    if (verdict) count(verdict);
    for (const { item } of checks) item.isAhead() && item.become("ahead");
    hasBroken = true;
  };
  const play = async (check) => {
    const fault = check.fault();
    if (fault) return failToStart(check, fault);
    const verdict = await check.play();
    if (verdict?.untried) check.item.become("untried");
    else if (verdict) count(verdict);
    return tell();
  };
  const wait = async (check) => {
    isWaiting = true;
    tell();
    const hasPorts = await check.begin({ waits: true });
    isWaiting = false;
    tell();
    return hasPorts;
  };
  // Gives whether it may be played: it has its ports, at once or after a while. In a lane that is not the last one it
  // is put back instead, and the lane is closed.
  const begin = async (check, lane) => {
    if (await check.begin()) return true;
    await check.end();
    if (lane?.close()) return LATER;
    if (!isHopeless && (await wait(check))) return true;
    isHopeless = true;
    check.item.become("untried");
    return false;
  };
  const inTurn = (check) => async (lane) => {
    const hasPorts = await begin(check, lane);
    if (hasPorts === LATER) return LATER;
    if (hasPorts) await play(check);
    return check.end();
  };

  tell();
  const [first, ...others] = inOrder;
  const hasBegun = await guarded(() => begin(first))();
  const hasStarted = hasBegun && !first.fault();
  if (hasBegun && !hasStarted) await guarded(() => play(first))();
  const playFirst = async () => {
    await play(first);
    return first.end();
  };
  const tasks = [hasStarted ? playFirst : () => first.end(), ...others.map(inTurn)].map(guarded);
  const together = inOrder.filter((check) => !check.alone).length;
  await inLanes(tasks.slice(0, together), SIDE_BY_SIDE, signal);
  await inLanes(tasks.slice(together), 1, signal);
  await Promise.all(checks.map((check) => check.end()));
  const items = checks.map(({ item }) => item);
  // What code that does not start has to do with a check is not known; else what was known stays.
  if (!hasBroken) for (const item of items) item.isAhead() && item.restore();
  if (ended) return { ended };
  const untried = items.filter((item) => item.isUntried());
  return { passed, failed: items.filter((item) => item.hasFailed()), untried, all: isAll };
}
