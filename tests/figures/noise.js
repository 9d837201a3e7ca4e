// A page's slow answers while eight servers loop for ever, beside those on a quiet machine.

import { Learner } from "./learner.js";
import { inTurn, milliseconds, ratios } from "./pair.js";
import { wrk } from "./wrk.js";

const LESSON = "/lessons/a-websocket-in-html";
const LOOPS = 8;
const LOOP = { "server.js": "export default { fetch() { for (;;); } };" };
const GENTLE = { connections: 4, seconds: 3 };

export async function noise(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const url = `http://127.0.0.1:${stage.server.port}${LESSON}`;
  const asked = { ...GENTLE, host: learner.host, cookie: learner.cookie };
  const loud = await Promise.all(Array.from({ length: LOOPS }, () => Learner.enter(stage, LESSON)));
  for (const neighbour of loud) await neighbour.keep(LOOP);

  let isLoud = false;
  // Each loop is ended at its limit; the next request starts it again at once.
  const loops = loud.map(async (neighbour) => {
    while (isLoud !== null) {
      if (isLoud) await neighbour.preview();
      else await new Promise((done) => setTimeout(done, 20));
    }
  });
  const state = (name, is) => ({ name, is });
  const times = await inTurn(
    [state("eight loops", true), state("alone", false)],
    async ({ is }) => {
      isLoud = is;
      await new Promise((done) => setTimeout(done, 1000));
      return (await wrk(url, asked)).p99;
    },
  );
  isLoud = null;
  await Promise.all(loops);
  for (const each of [learner, ...loud]) each.leave();
  return ratios("99th percentile of a page while 8 Runs loop", times, milliseconds, {
    alone: "≤ 2",
  });
}
