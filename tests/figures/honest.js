// Learners who mean no harm, beside whoever does: what they wait for and what they lose.

import { setTimeout as wait } from "node:timers/promises";
import { Learner } from "./learner.js";

const LESSON = "/lessons/a-websocket-in-html";
/** Nobody waits longer for a page. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 1000;

export class Honest {
  /** So many learners, each at an address of their own. They are the same in each round. */
  static async enter(server, count) {
    const honest = new Honest();
    honest.learners = [];
    for (let number = 0; number < count; number += 1) {
      const learner = await Learner.enter({ server, from: `203.0.113.${number}` }, LESSON);
      honest.learners.push({ learner, note: null, saves: 0 });
    }
    return honest;
  }

  /** Each reads the page and saves, again and again: how long pages took, how many saves were taken, what failed. */
  async work(signal) {
    const seen = { times: [], saved: 0, failures: [] };
    await Promise.all(this.learners.map((one) => this.#work(one, signal, seen)));
    return seen;
  }

  async #work(one, signal, seen) {
    while (!signal.aborted) {
      await trying("a page", seen, async () => {
        const begun = performance.now();
        // One that never comes took at least as long as somebody waited.
        const { status } = await within(one.learner.ask(LESSON)).finally(() =>
          seen.times.push(performance.now() - begun),
        );
        if (status !== 200) throw new Error(`status ${status}`);
      });
      await trying("a save", seen, async () => {
        one.saves += 1;
        const note = `${one.saves}`;
        await within(one.learner.keep({ ...one.learner.files, "note.txt": note }));
        one.note = note;
        seen.saved += 1;
      });
      await wait(PAUSE_MS);
    }
  }

  /** What was acknowledged and is not there, in words. */
  async lost() {
    const lost = [];
    for (const [number, { learner, note }] of this.learners.entries()) {
      if (note === null) continue;
      const found = await within(learner.kept())
        .then((files) => files["note.txt"])
        .catch((error) => `nothing (${error.message})`);
      if (found !== note)
        lost.push(`learner ${number} was told that ${note} is kept, and finds ${found}`);
    }
    return lost;
  }
}

async function trying(what, seen, attempt) {
  try {
    await attempt();
  } catch (error) {
    seen.failures.push(`${what}: ${error.message}`);
  }
}

async function within(promise) {
  const waited = new AbortController();
  const late = wait(PATIENCE_MS, undefined, { signal: waited.signal }).then(() => {
    throw new Error(`no answer in ${PATIENCE_MS / 1000} s`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    waited.abort();
  }
}
