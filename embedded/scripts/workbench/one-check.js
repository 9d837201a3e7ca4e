// One check of a trial: its server begins, its story is told on a stage, and the site gives the verdict.

import { NO_ROOM } from "./stage.js";
import { miss, tell } from "./tell.js";
import { said } from "./witness.js";

export function oneCheck({ outline, item, trial, stories, signal }) {
  let stage = null;
  let began = null;

  const told = (fault) => {
    if (fault) return miss("server.js starts", fault);
    const { id, seconds } = outline;
    return tell({ id, seconds, checks: stories, stage, signal });
  };

  return {
    item,
    alone: outline.alone,
    // Gives whether there was room for it.
    async begin() {
      item.become("running");
      stage = trial.stage(outline);
      began = await stage.begin(signal);
      return began.status !== NO_ROOM;
    },
    // Plays it to its verdict, { passed, all, fault }; gives none when it was stopped.
    async play() {
      if (signal.aborted) return null;
      if (!began.ok) throw new Error(began.answer.error);
      const fault = began.answer.outcome === "running" ? null : unstarted(began.answer);
      const story = await told(fault);
      if (signal.aborted) return null;
      const picture = await stage.picture(story.evidence);
      const ended = await stage.over(story);
      if (signal.aborted) return null;
      if (!ended.ok) throw new Error(ended.answer.error);
      const { passed, all, evidence } = ended.answer;
      if (passed) item.become("passed");
      else item.fail(evidence, picture, stage.rows(), stage.rowOf(evidence.entry));
      return { passed, all, fault };
    },
    end() {
      stage?.end();
      stage = null;
      item.isRunning() && item.become("ahead");
    },
  };
}

const unstarted = ({ fault, sentence: why }) => (fault ? said({ fault }) : why);
