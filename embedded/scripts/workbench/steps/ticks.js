// The ticks of steps: the server says over the feed which are done, all of them each time. A tick that is new is shown
// in its place, without moving the page, and read out once, together with others that come at the same time.

import { announce } from "../parts.js";
import { doneWords } from "./done-words.js";

const TOGETHER_MS = 500;

export function showTicks({ steps, feed, address }) {
  const tickOf = (step) => step.querySelector("[data-tick]");
  const isDone = (step) => "done" in tickOf(step).dataset;
  let fresh = new Set();
  let timer = null;

  const tell = () => {
    timer = null;
    announce(
      doneWords(
        [...fresh].sort((a, b) => a - b),
        steps.length,
      ),
    );
    fresh = new Set();
    // How far one is stands in the lesson's head.
    const there = { target: "#standing", swap: "outerHTML" };
    window.htmx?.ajax("GET", `${address}/standing`, there).catch(() => {});
  };

  feed.addEventListener("ticked", ({ detail }) => {
    steps.forEach((step, at) => {
      if (isDone(step) || !detail.steps.includes(step.dataset.lessonStep)) return;
      const tick = tickOf(step);
      // It is said here to be done, and the answer shows it.
      if (tick.querySelector("form.htmx-request")) return;
      tick.dataset.done = "";
      // In another tab it was said to be done.
      tick.querySelector("form")?.remove();
      fresh.add(at + 1);
      timer ??= setTimeout(tell, TOGETHER_MS);
    });
  });
}
