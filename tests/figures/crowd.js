// A thousand idle Runs at once: their memory, and whether they let the processor rest.

import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "./learner.js";
import { family, pss, wakeUps } from "./processes.js";

const RUNS = 1000;
const LESSON = "/lessons/a-websocket-in-html";
const WATCHED_MS = 10_000;

export async function crowd(stage) {
  for (let run = 0; run < RUNS; run += 1) {
    const learner = await Learner.enter(stage, LESSON);
    const answer = await learner.preview();
    if (answer.status !== 200) throw new Error(answer.text);
    learner.leave();
  }
  await wait(2000);
  const all = await family(stage.server.pid);
  const runs = all.slice(2);
  if (runs.length < RUNS) throw new Error(`only ${runs.length} Runs are there`);
  const size = await pss(all);
  const before = await wakeUps(runs);
  await wait(WATCHED_MS);
  const woken = (await wakeUps(runs)) - before;
  return [
    {
      what: `${RUNS} idle Runs, all processes (PSS)`,
      figure: `${(size / 1e6).toFixed(0)} MB`,
      target: "≤ 1000 MB",
    },
    { what: `… their wake-ups in ${WATCHED_MS / 1000} s`, figure: `${woken}`, target: "0" },
  ];
}
