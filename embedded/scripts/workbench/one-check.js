// One check of a trial: its server begins, its story is told on a stage, and the site gives the verdict.

import { miss, tell } from "./tell.js";
import { said } from "./witness.js";

// `before` is told each step of the story, and waited for; then its clients can be used when it has ended.
export function oneCheck({ outline, item, trial, stories, signal, before }) {
  let stage = null;
  let began = null;

  // Has the site keep how it ended, and shows it; gives { passed, all }, or nothing when it was stopped.
  const judged = async (story) => {
    // It may be left meanwhile.
    const here = stage;
    const picture = await here.picture(story.evidence);
    const { ok, answer } = await here.over(story, { keeps: Boolean(before) });
    if (signal.aborted && !ok) return null;
    if (!ok) throw new Error(answer.error);
    const { passed, all, evidence } = answer;
    if (passed) item.become("passed");
    else item.fail(evidence, picture, here.rows(), here.rowOf(evidence.entry));
    return { passed, all };
  };

  return {
    item,
    alone: outline.alone,
    // Gives whether its clients have their ports; where none are free, it may wait for them.
    async begin({ waits = false } = {}) {
      item.become(waits ? "waiting" : "running");
      stage = trial.stage(outline);
      began = await stage.begin({ waits }, signal);
      if (began.answer.outcome === "no-port") return false;
      item.become("running");
      return true;
    },
    // Why its server did not start, if it did not.
    fault: () => (began.ok && began.answer.outcome !== "running" ? unstarted(began.answer) : null),
    // That its server did not start is its result.
    failToStart: (fault) => judged(miss("server.js starts", fault)),
    // Plays it to its verdict, { passed, all }, or { untried } where a client had no port; gives none when it was
    // stopped.
    async play() {
      if (signal.aborted) return null;
      if (!began.ok) throw new Error(began.answer.error);
      const { id, seconds } = outline;
      const story = await tell({ id, seconds, checks: stories, stage, signal, before });
      if (signal.aborted) return null;
      return stage.lacksPort() ? { untried: true } : judged(story);
    },
    // Its clients are the learner's from now on.
    handOver: () => stage?.handOver(),
    // Takes its clients away, so that their ports are free.
    async end() {
      const over = stage;
      stage = null;
      over?.end();
      await over?.leave();
    },
  };
}

const unstarted = ({ fault, sentence: why }) => (fault ? said({ fault }) : why);
