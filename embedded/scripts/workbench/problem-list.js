// The list of problems, newest first, each listed once, with how often it came and the line that it leads to; the badges with their
// number; and what a screen reader hears of them.

import { batches } from "./batches.js";
import { placeButton } from "./frames.js";
import { announce, bench, coded, make, part, sentence, timed } from "./parts.js";
import { whosePage } from "./pages.js";
import { findPlace } from "./find-place.js";

const LIMIT = 100;
const CALM_MS = 5000;

export function openProblems(places) {
  const list = part("problem-list");
  const badges = bench.querySelectorAll("[data-problems-count]");
  const known = new Map();
  let dropped = 0;

  // A thousand of the same in a second are drawn as one number, six times a second.
  const drawing = batches((problems) => {
    while (known.size > LIMIT) drop(known.values().next().value);
    for (const problem of new Set(problems)) draw(problem);
    count();
  });

  const draw = (problem) => {
    if (known.get(problem.key) !== problem) return;
    if (!problem.row) {
      problem.row = rowOf(problem, places);
      list.prepend(problem.row);
      if (!problem.isTold) speak(problem);
    }
    problem.row.querySelector(".times").textContent = problem.count > 1 ? `×${problem.count}` : "";
  };

  const drop = (problem) => {
    remove(problem);
    dropped += 1;
  };

  const remove = (problem) => {
    known.delete(problem.key);
    problem.row?.remove();
  };

  const count = () => {
    const words = known.size === 1 ? " problem" : " problems";
    for (const badge of badges) {
      badge.replaceChildren();
      if (known.size === 0) continue;
      badge.append(`${known.size}`, make("span", { class: "visually-hidden" }, words));
    }
    part("problems-note").textContent = dropped
      ? `${dropped === 1 ? "1 older problem is" : `${dropped} older problems are`} no longer listed: the list keeps ${LIMIT}.`
      : "";
  };

  return {
    add({ count: times = 1, ...problem }) {
      const before = known.get(problem.key);
      // What stands there, stands there once, whoever finds it.
      if (before) before.count += problem.isOnce ? 0 : times;
      else known.set(problem.key, { ...problem, at: problem.at ?? Date.now(), count: times });
      drawing.add(known.get(problem.key));
      // What comes faster than it is drawn is dropped before it is drawn.
      if (known.size > LIMIT * 2) drop(known.values().next().value);
    },
    forget(isGone) {
      for (const problem of [...known.values()]) if (isGone(problem)) remove(problem);
      if (known.size === 0) dropped = 0;
      count();
    },
  };
}

function rowOf({ from, whose, text, advice, frame, find, at }, places) {
  const place = frame?.line ? frame : findPlace(places.project, find);
  const said = make("div", { class: "said" }, make("p", {}, ...coded(sentence(text))));
  if (advice) said.append(make("p", { class: "advice" }, ...coded(advice)));
  const meta = make(
    "div",
    { class: "meta" },
    place ? placeButton(place, places) : null,
    make("span", { class: "times" }),
    make("span", { class: "from" }, whose ? whosePage(whose) : from),
    timed(at),
  );
  return make("li", { "data-from": from }, said, meta);
}

// Each new problem is said once; what comes within five seconds of one that was said is gathered.
const waiting = [];
let isCalm = true;
function speak(problem) {
  waiting.push(problem);
  if (isCalm) say();
}

function say() {
  isCalm = waiting.length === 0;
  if (isCalm) return;
  const { length } = waiting;
  const { text, whose } = waiting.at(-1);
  const newest = `${whose ? `in ${whosePage(whose)}: ` : ""}${sentence(text).replaceAll("`", "")}`;
  waiting.length = 0;
  announce(length === 1 ? `Problem: ${newest}` : `${length} new problems. The newest: ${newest}`);
  setTimeout(say, CALM_MS);
}
