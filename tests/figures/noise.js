// A page's slow answers while eight servers loop for ever, beside those on a quiet machine.

import { setTimeout } from "node:timers/promises";

import { Learner } from "./learner.js";
import { inTurn, milliseconds, ratios } from "./pair.js";
import { wrk } from "./wrk.js";

const LESSON = "/lessons/a-websocket-in-html";
const LOOPS = 8;
const LOOP = { "server.js": "export default { fetch() { for (;;); } };" };
/** The limit of a turn, in milliseconds. */
const TURN = 1000;
const GENTLE = { connections: 4, seconds: 3 };

export async function noise(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const url = `http://127.0.0.1:${stage.server.port}${LESSON}`;
  const asked = { ...GENTLE, host: learner.host, cookie: learner.cookie };
  const loud = await Promise.all(Array.from({ length: LOOPS }, () => Learner.enter(stage, LESSON)));

  const alone = async () => (await wrk(url, asked)).p99;
  const times = await inTurn(
    [
      { name: "eight loops", measure: () => beside(loud, alone) },
      { name: "alone", measure: alone },
    ],
    ({ measure }) => measure(),
  );
  for (const each of [learner, ...loud]) each.leave();
  return ratios("99th percentile of a page while 8 Runs loop", times, milliseconds, {
    alone: "≤ 2",
  });
}

/** Measures while these learners' servers loop, and returns when none does any more. */
async function beside(loud, measure) {
  let goesOn = true;
  const loops = loud.map(async (learner) => {
    while (goesOn) {
      await learner.run(LOOP);
      const begun = performance.now();
      // It is ended at its limit, and stays down until somebody presses Run.
      const answer = await learner.preview();
      if (performance.now() - begun < TURN) throw new Error(`it did not loop: ${answer.text}`);
    }
  });
  await setTimeout(1000);
  const measured = await measure();
  goesOn = false;
  await Promise.all(loops);
  return measured;
}
