// Answers and their main parts. The page's listeners have the last word on what is swapped, and htmx tells of the end of
// a swap by its new elements: where there are none, by the end of the request.

import { first, last, tieOf } from "../events.js";
import { beginSwap, settleAll } from "../swap.js";
import { aimOfAnswer } from "./aim.js";
import { rememberAsked } from "./asked.js";

const header = (xhr, name) => xhr.getResponseHeader(name);
// Behind the moment when htmx settles it.
const SETTLED_MS = 40;
// While the page is shown as it was, htmx waits with the swap.
const TRANSITION_MS = 1000;

export function watchAnswers(records, { open }) {
  const answers = new WeakMap();
  const asked = rememberAsked();
  const known = ({ xhr }) => xhr && answers.get(xhr);

  const answerOf = (detail) => {
    const before = answers.get(detail.xhr);
    if (before) return before;
    const tie = tieOf(header(detail.xhr, "hxlab-entry"));
    const [allowed, aim] = [detail.shouldSwap, detail.target];
    const answer = { tie, why: asked.why(detail), detail, allowed, aim };
    answers.set(detail.xhr, answer);
    return answer;
  };

  const tell = (answer, none) => {
    answer.isTold = true;
    records.tell({ tie: answer.tie, why: answer.why, none });
  };

  const begin = (answer) => {
    const aim = aimOfAnswer(answer, asked.targetOf(answer.detail.xhr));
    const key = `${aim.how.style} ${aim.delay} ${aim.settle}`;
    const { main } = answer;
    if (main && main.target === aim.target && answer.key === key) return;
    main?.drop();
    Object.assign(answer, { key, delay: aim.delay, settle: aim.settle });
    const isFull = main?.isFull ?? records.hasRoom();
    answer.main = beginSwap(records, answer, { ...aim, isFull });
    open.add(answer);
    // The same delay, begun earlier, ends earlier.
    if (aim.delay) setTimeout(answer.main.retake, aim.delay);
  };

  const drop = (answer) => {
    answer.main?.drop();
    answer.main = null;
    open.delete(answer);
  };

  const close = (answer) => {
    if (!open.delete(answer)) return;
    settleAll();
    answer.main?.finish();
  };

  first("htmx:beforeSwap", (detail) => {
    if (detail.xhr && detail.requestConfig) begin(answerOf(detail));
  });
  last("htmx:beforeSwap", (detail, event) => {
    if (!detail.xhr || !detail.requestConfig) return;
    const answer = answerOf(detail);
    answer.isStopped ||= event.defaultPrevented;
    if (event.defaultPrevented || !detail.shouldSwap) drop(answer);
    else begin(answer);
  });

  first("htmx:beforeTransition", (detail) => {
    const answer = known(detail);
    if (answer) answer.delay += TRANSITION_MS;
  });
  first("htmx:afterSwap", (detail) => {
    const answer = known(detail);
    answer?.main?.done();
    if (answer) answer.isSwapped = true;
  });
  first("htmx:afterSettle", (detail) => {
    const answer = known(detail);
    if (answer?.isSwapped) close(answer);
  });
  for (const type of ["htmx:swapError", "htmx:onLoadError"])
    first(type, (detail) => {
      if (!detail.xhr?.status) return;
      const answer = answerOf(detail);
      if (answer.main && !answer.isSwapped) drop(answer);
      if (!answer.isTold && !answer.main) tell(answer, "error");
    });

  first("htmx:afterRequest", (detail) => {
    const { xhr } = detail;
    if (!xhr || xhr.status === 0) return;
    const answer = answerOf(detail);
    if (answer.isTold) return;
    answer.isTold = true;
    // Where a page's listener lets no other one hear, only this shows how it has decided.
    answer.isStopped ||= answer.main && detail.failed === undefined;
    if (answer.isStopped || !answer.detail.shouldSwap) drop(answer);
    if (!answer.main) return void tell(answer, whyNot(answer, xhr));
    if (!answer.isSwapped && !answer.delay) answer.main.done();
    setTimeout(close, answer.delay + answer.settle + SETTLED_MS, answer);
  });
}

function whyNot({ isStopped, allowed }, xhr) {
  if (header(xhr, "HX-Location")) return "location";
  if (header(xhr, "HX-Redirect")) return "redirect";
  if (header(xhr, "HX-Refresh") === "true") return "refresh";
  if (isStopped || allowed) return "listener";
  if (allowed === undefined) return "stopped";
  return xhr.status >= 400 ? "refused" : "empty";
}
