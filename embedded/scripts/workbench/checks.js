// The challenge: the list of checks, one after the other. Each is told by a worker of its own, which is
// ended when its time is up, so that one that hangs does not hold the others.

import { sentence } from "./parts.js";
import { openStage } from "./stage.js";

const MARKS = {
  ahead: "not checked yet",
  running: "being checked",
  passed: "passed",
  failed: "failed",
};
// What a worker may take beside its story's own time: to start, and to open pages.
const GRACE_MS = 3000;

export function offerChecks({ draft, feed, request, showWire }) {
  const box = document.querySelector("[data-challenge]");
  if (!box) return;
  const find = (name) => box.querySelector(`[data-${name}]`);
  const [start, stop, words] = ["challenge-start", "challenge-stop", "challenge-words"].map(find);
  const say = (text) => (words.textContent = text);
  let run = null;

  const check = async (outline, trial) => {
    const { id, seconds } = outline;
    const item = box.querySelector(`[data-check="${id}"]`);
    mark(item, "running");
    item.scrollIntoView({ block: "nearest" });
    const address = `/trials/${trial}/checks/${id}`;
    const began = await request("POST", `${address}/begin`, {});
    if (!began.ok) return fail(item, { expected: "the check begins", found: began.answer.error });
    const stage = openStage({
      trial,
      place: began.answer.addresses,
      feed,
      request,
      box: find("stage"),
    });
    run.leave = stage.end;
    const outcome =
      began.answer.outcome === "running"
        ? await story({
            id,
            seconds,
            checks: `${location.origin}${box.dataset.challenge}/checks.js`,
            stage,
          })
        : { passed: false, evidence: unstarted(began.answer) };
    const ended = await request("POST", `${address}/end`, outcome);
    const last = stage.end();
    if (run.isStopped) return undefined;
    if (!ended.ok) return fail(item, { expected: "the result is kept", found: ended.answer.error });
    if (ended.answer.passed) return pass(item, ended.answer.all);
    return fail(item, ended.answer.evidence, last);
  };

  const story = ({ id, seconds, checks, stage }) =>
    new Promise((done) => {
      const worker = new Worker(new URL("./story.js", import.meta.url), { type: "module" });
      const over = (outcome) => {
        clearTimeout(timer);
        worker.terminate();
        done(outcome);
      };
      const late = `it was not done after ${seconds} seconds`;
      const timer = setTimeout(
        () => over(miss(`the check ends within ${seconds} seconds`, late)),
        seconds * 1000 + GRACE_MS,
      );
      run.end = () => over(miss("the check runs to its end", "it was stopped"));
      worker.addEventListener("error", ({ message }) =>
        over(miss("checks.js can be read", message)),
      );
      worker.addEventListener("message", async ({ data }) => {
        if (data.over) return over(data.over);
        const { id: number, what, args } = data;
        try {
          worker.postMessage({ id: number, value: await stage[what](...args) });
        } catch (error) {
          worker.postMessage({ id: number, error: error.message });
        }
      });
      worker.postMessage({ story: { checks, check: id, seconds } });
    });

  const pass = (item, all) => {
    mark(item, "passed");
    return { passed: true, all };
  };

  const fail = (item, { expected, found }, last = null) => {
    mark(item, "failed");
    item.querySelector("[data-expected]").textContent = sentence(`${expected}`);
    item.querySelector("[data-found]").textContent = found;
    const show = item.querySelector("[data-show-wire]");
    show.hidden = last === null;
    show.onclick = () => showWire(last);
    return { passed: false };
  };

  const all = async () => {
    say("Saving your code …");
    start.hidden = true;
    stop.hidden = false;
    run = { isStopped: false };
    const { ok, answer } = await draft.check();
    if (!ok) return over(sentence(answer.error));
    for (const { id } of answer.checks) mark(box.querySelector(`[data-check="${id}"]`), "ahead");
    let passed = 0;
    let isAll = false;
    for (const [index, outline] of answer.checks.entries()) {
      if (run.isStopped) break;
      say(`Check ${index + 1} of ${answer.checks.length} …`);
      const result = await check(outline, answer.trial);
      passed += result?.passed ? 1 : 0;
      isAll = result?.all ?? false;
    }
    await request("POST", `/trials/${answer.trial}/end`, {});
    if (run.isStopped) return over("Stopped. Nothing is lost: what was checked is kept.");
    if (isAll) return over("All checks passed: you have passed this challenge.");
    return over(`${passed} of ${answer.checks.length} checks passed.`);
  };

  const over = (text) => {
    say(text);
    start.hidden = false;
    stop.hidden = true;
    start.textContent = "Check again";
    run = null;
    box.dispatchEvent(new CustomEvent("challenge:over", { bubbles: true, detail: text }));
  };

  start.hidden = false;
  start.addEventListener("click", all);
  if ("challengeNow" in box.dataset) all();
  stop.addEventListener("click", () => {
    run.isStopped = true;
    run.end?.();
    run.leave?.();
    start.focus();
  });
}

const miss = (expected, found) => ({ passed: false, evidence: { expected, found } });

const unstarted = ({ fault, sentence: why }) => ({
  expected: "server.js starts",
  found: fault ? `${fault.name}: ${fault.message}` : why,
});

function mark(item, state) {
  item.dataset.state = state;
  item.querySelector(".check-mark").setAttribute("aria-label", MARKS[state]);
  item.querySelector(".check-found").hidden = state !== "failed";
}
