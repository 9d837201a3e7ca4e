// One check, watched: its clients are drawn large, each step is said before it is done, and afterwards they stay open
// to be used, until the dialog is closed.

import { oneCheck } from "./one-check.js";
import { make, sentence } from "./parts.js";
import { isDeed, stepWords } from "./step-words.js";
import { openTrial } from "./trial.js";

// What whoever watches needs to read a step before it is done.
const PACE_MS = 900;

const NO_PORT = "Could not be tried: no port was free. Try again later.";

// Watches the check `id`, whose line in the list is `item`.
export async function watch({ id, item, draft, request, stories }) {
  const panel = openPanel(item.expects);
  const { files } = draft.project;
  const { ok, answer } = await draft.check();
  if (!ok) return panel.say(sentence(answer.error));
  const trial = openTrial({ id: answer.trial, files, box: panel.screens, request });
  const outline = answer.checks.find((check) => check.id === id);
  const { signal } = panel;
  const check = oneCheck({ outline, item, trial, stories, signal, before: panel.before });
  const leave = async () => {
    window.removeEventListener("pagehide", trial.leave);
    trial.close();
    await check.end();
    await trial.leave();
    if (item.isAhead()) item.restore();
  };
  window.addEventListener("pagehide", trial.leave);
  signal.addEventListener("abort", leave);
  if (signal.aborted) return leave();
  try {
    panel.say(await played(check, item));
    check.handOver();
  } catch (error) {
    panel.say(`The check ended early: ${sentence(error.message)}`);
  }
  // The clients get the focus from now on.
  return trial.close();
}

// Plays it; gives what it came to, in words.
async function played(check, item) {
  if (!(await check.begin({ waits: true }))) {
    item.become("untried");
    return NO_PORT;
  }
  const fault = check.fault();
  if (fault) {
    await check.failToStart(fault);
    return `Your server does not start: ${sentence(fault)}`;
  }
  const verdict = await check.play();
  if (!verdict) return "";
  if (verdict.untried) {
    item.become("untried");
    return NO_PORT;
  }
  const open = "The browsers stay open: use them as you like.";
  return verdict.passed ? `Passed. ${open}` : `Failed: ${item.difference()} ${open}`;
}

function openPanel(title) {
  const stop = new AbortController();
  const words = make("p", { role: "status" }, "Saving your code …");
  const screens = make("div", {
    class: "watch-screens",
    role: "group",
    "aria-label": "The browsers",
  });
  const steps = make("ol", { class: "watch-steps", "aria-label": "Steps", tabindex: 0 });
  const close = make("button", { type: "button" }, "Close");
  const heading = make("h2", { id: "watch-title" }, title);
  const head = make("header", {}, heading, close);
  const attributes = { class: "watch", "aria-labelledby": "watch-title" };
  const dialog = make("dialog", attributes, head, words, screens, steps);
  const before = document.activeElement;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    stop.abort();
    dialog.remove();
    before?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();

  let last = null;
  return {
    signal: stop.signal,
    screens,
    say: (text) => (words.textContent = text),
    // Says a step, and gives time to read it before it is done.
    async before(what, args) {
      const told = stepWords(what, args);
      if (!told || told === last) return;
      last = told;
      words.textContent = `${told} …`;
      steps.append(make("li", {}, told));
      steps.scrollTop = steps.scrollHeight;
      if (isDeed(what, args)) await new Promise((done) => setTimeout(done, PACE_MS));
    },
  };
}
