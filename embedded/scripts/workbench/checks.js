// The challenge: its checks, one after the other, with progress and Stop.

import { checkItem } from "./check-item.js";
import { sentence } from "./parts.js";
import { openStage } from "./stage.js";
import { miss, tell } from "./tell.js";

export function offerChecks({ draft, feed, request, showWire }) {
  const box = document.querySelector("[data-challenge]");
  const start = box?.querySelector("[data-challenge-start]");
  // Without the button there is nothing that could be checked.
  if (!start) return;
  const stop = box.querySelector("[data-challenge-stop]");
  const words = box.querySelector("[data-challenge-words]");
  const stageBox = document.querySelector("[data-stage]");
  const checks = `${location.origin}${box.dataset.challenge}/checks.js`;
  const say = (text) => (words.textContent = text);
  let run = null;

  // Shows one of the two buttons; whoever had the focus on the other one keeps their place.
  const offer = (button, other) => {
    const hadFocus = document.activeElement === other;
    button.hidden = false;
    other.hidden = true;
    if (hadFocus) button.focus();
  };

  const check = async (outline, trial, signal) => {
    const { id, seconds } = outline;
    const item = checkItem(box, id, showWire);
    item.become("running");
    const address = `/trials/${trial}/checks/${id}`;
    const began = await request("POST", `${address}/begin`, {}, { signal });
    if (signal.aborted) return item.become("ahead");
    if (!began.ok) return lost(item, began);
    const { addresses: place, outcome } = began.answer;
    const stage = openStage({ trial, place, seconds, feed, request, box: stageBox });
    const fault = outcome === "running" ? null : unstarted(began.answer);
    const told = fault
      ? miss("server.js starts", fault)
      : await tell({ id, seconds, checks, stage, signal });
    if (signal.aborted) {
      stage.end();
      return item.become("ahead");
    }
    const report = { passed: told.passed, evidence: stage.evidence(told.evidence ?? empty) };
    const ended = await request("POST", `${address}/end`, report);
    stage.end();
    if (!ended.ok) return lost(item, ended);
    const { passed, all, evidence } = ended.answer;
    if (passed) item.become("passed");
    else item.fail(evidence, stage.rowOf(evidence.entry));
    return { passed, all, expects: item.expects, fault };
  };

  const lost = (item, { answer }) => {
    item.become("ahead");
    throw new Error(answer.error);
  };

  const stays = () => ("passed" in box.dataset ? " The challenge stays passed." : "");

  // Tries all checks of a trial, unless the server does not start; gives what is to be said at the end.
  const tryAll = async (outlines, trial, signal) => {
    const failed = [];
    let isAll = false;
    for (const [index, outline] of outlines.entries()) {
      const before = failed.length > 0 ? ` ${failed.length} failed so far.` : "";
      say(`Check ${index + 1} of ${outlines.length}: ${outline.expects}${before}`);
      const result = await check(outline, trial, signal);
      if (signal.aborted) return "Stopped. Nothing is lost: what was checked is kept.";
      if (result.fault) return `Your server does not start: ${sentence(result.fault)}${stays()}`;
      isAll = result.all;
      if (!result.passed) failed.push(result.expects);
    }
    if (isAll) {
      box.dataset.passed = "";
      box.querySelector("[data-passed-code]").hidden = false;
      return "All checks passed: you have passed this challenge.";
    }
    const sum = `${outlines.length - failed.length} of ${outlines.length} checks passed.`;
    return `${sum}${stays()} Look first at this one: ${failed[0]}`;
  };

  const begin = async () => {
    run = new AbortController();
    const { signal } = run;
    offer(stop, start);
    say("Saving your code …");
    const { ok, answer } = await draft.check();
    if (!ok) return over(sentence(answer.error));
    const leave = () => request("POST", `/trials/${answer.trial}/end`, {}, { keepalive: true });
    window.addEventListener("pagehide", leave);
    for (const { id } of answer.checks) checkItem(box, id, showWire).become("ahead");
    const said = await tryAll(answer.checks, answer.trial, signal).catch(
      (error) => `The checks ended early: ${sentence(error.message)}`,
    );
    window.removeEventListener("pagehide", leave);
    await leave();
    return over(said);
  };

  const over = (text) => {
    say(text);
    start.textContent = "Check again";
    offer(start, stop);
    run = null;
    document.dispatchEvent(new CustomEvent("challenge:over"));
  };

  start.hidden = false;
  start.addEventListener("click", begin);
  stop.addEventListener("click", () => run?.abort());
}

const empty = { expected: "", found: "" };

const unstarted = ({ fault, sentence: why }) => {
  if (!fault) return why;
  const [frame] = fault.frames ?? [];
  const at = frame ? ` (${frame.file}, line ${frame.line})` : "";
  return `${fault.name}: ${fault.message}${at}`;
};
