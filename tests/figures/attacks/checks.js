// Questions about the wire, which a check asks while it waits for something to cross.

import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "../learner.js";
import { ADDRESSES, LESSON, again, answered, count } from "./attacking.js";

/** Entries as long as one may be, which fill most of a check's log. */
const ENTRIES = 1500;
const AT_ONCE = 30;
const LONG = "export default { fetch: () => new Response('x'.repeat(4096)) };";
const WAITING = 300;
/** Nothing fits it, so it is looked for in the whole log, and waited for. */
const QUESTION = { claim: { request: "DELETE", path: "/never" }, milliseconds: 10_000 };

/** A check with a full log is asked by many at once, again and again. */
export async function questions(stage) {
  // One for each address: with more of them there would be no descriptors left to ask by.
  if (stage.number >= ADDRESSES) return;
  await again(async () => {
    const learner = await Learner.enter(stage, LESSON);
    try {
      const check = await begun(learner);
      for (let entry = 0; entry < ENTRIES; entry += AT_ONCE) {
        const ask = () => learner.tell(`${check}/request`, { path: "/" });
        await Promise.all(Array.from({ length: AT_ONCE }, ask));
        count("entries", AT_ONCE);
      }
      count("full logs");
      const asking = () =>
        again(async () => {
          const asked = learner.tell(`${check}/wire`, QUESTION);
          count("questions");
          const answer = await asked;
          answered(answer);
          if (answer.status !== 200) await wait(100);
        });
      await Promise.all(Array.from({ length: WAITING }, asking));
    } finally {
      learner.leave();
    }
  });
}

/** Where a check of a new trial is. */
async function begun(learner) {
  const files = { ...learner.files, "server.js": LONG };
  const trial = await learner.send("POST", "challenge", files);
  const { trial: id, checks } = JSON.parse(trial.text);
  const check = `/trials/${id}/checks/${checks[0].id}`;
  const answer = await learner.tell(`${check}/begin`, {});
  const { outcome } = JSON.parse(answer.text);
  if (outcome !== "running") throw new Error(answer.text);
  return check;
}
