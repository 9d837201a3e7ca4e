// The challenge: its checks, with progress and Stop.

import { checkItem } from "./check-item.js";
import { sentence } from "./parts.js";

const loadChecking = () =>
  import("./checking.js").catch(() => {
    throw new Error("what plays the checks could not be loaded: try again, or reload the page");
  });

export function offerChecks({ draft, request, showWire }) {
  const box = document.querySelector("[data-challenge]");
  const start = box?.querySelector("[data-challenge-start]");
  // Without the button there is nothing that could be checked.
  if (!start) return;
  const stop = box.querySelector("[data-challenge-stop]");
  const words = box.querySelector("[data-challenge-words]");
  const stageBox = document.querySelector("[data-stage]");
  const stories = `${location.origin}${box.dataset.challenge}/checks.js`;
  const say = (text) => (words.textContent = text);
  const stays = () => ("passed" in box.dataset ? " The challenge stays passed." : "");
  let run = null;

  // Shows one of the two buttons; whoever had the focus on the other one keeps their place.
  const offer = (button, other) => {
    const hadFocus = document.activeElement === other;
    button.hidden = false;
    other.hidden = true;
    if (hadFocus) button.focus();
  };

  const tryAll = async ({ tryChecks }, outlines, trial) => {
    const all = { box, outlines, trial, stories, showWire, say, stop: run };
    const outcome = await tryChecks(all);
    if (outcome.ended) return `${outcome.ended}${stays()}`;
    if (run.signal.aborted) return "Stopped. Nothing is lost: what was checked is kept.";
    if (outcome.all) {
      box.dataset.passed = "";
      box.querySelector("[data-passed-code]").hidden = false;
      return "All checks passed: you have passed this challenge.";
    }
    const { passed, failed, untried } = outcome;
    const sums = [`${passed} of ${outlines.length} checks passed.${stays()}`];
    const first = failed.find((item) => item.hasCause()) ?? failed[0];
    if (first) sums.push(`Look first at this one: ${first.expects}`);
    if (untried.length > 0) {
      const which = untried.length === 1 ? "One" : untried.length;
      sums.push(`${which} could not be tried, because no port was free: check again later.`);
    }
    return sums.join(" ");
  };

  const watching = offerWatching({ box, draft, request, stories, showWire, say });

  const begin = async () => {
    if (watching.isUnderWay()) return;
    run = new AbortController();
    watching.allow(false);
    offer(stop, start);
    say("Saving your code …");
    try {
      over(await play(await loadChecking()));
    } catch (error) {
      over(sentence(error.message));
    }
  };

  // Gives what it came to, in words.
  const play = async (checking) => {
    const { files } = draft.project;
    const { ok, answer } = await draft.check();
    if (!ok) return sentence(answer.error);
    const trial = checking.openTrial({ id: answer.trial, files, box: stageBox, request });
    window.addEventListener("pagehide", trial.leave);
    try {
      return await tryAll(checking, answer.checks, trial);
    } finally {
      window.removeEventListener("pagehide", trial.leave);
      trial.close();
      await trial.leave();
    }
  };

  const over = (text) => {
    say(text);
    start.textContent = "Check again";
    offer(start, stop);
    watching.allow(true);
    run = null;
    document.dispatchEvent(new CustomEvent("challenge:over"));
  };

  start.hidden = false;
  start.addEventListener("click", begin);
  stop.addEventListener("click", () => run?.abort());
}

// A button beside each check, by which it is watched. Of all trials of a learner the last one counts, so none is
// watched while all are checked.
function offerWatching({ box, draft, request, stories, showWire, say }) {
  const buttons = [...box.querySelectorAll("[data-watch]")];
  let isUnderWay = false;
  const watchIt = async (id) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      const { watch } = await loadChecking();
      await watch({ id, item: checkItem(box, id, showWire), draft, request, stories });
    } catch (error) {
      say(sentence(error.message));
    }
    isUnderWay = false;
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => watchIt(button.closest("[data-check]").dataset.check));
  }
  return {
    isUnderWay: () => isUnderWay,
    allow: (isAllowed) => buttons.forEach((button) => (button.disabled = !isAllowed)),
  };
}
