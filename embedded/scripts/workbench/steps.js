// The steps of the lesson: what the buttons of each do, and the ticks that come. What puts a step in is loaded with the
// first press.

import { whenLoaded } from "./lazy.js";
import { showTicks } from "./steps/ticks.js";

const putting = () => import("./steps/put-in.js");

export function offerSteps(parts) {
  const steps = [...document.querySelectorAll("[data-lesson-step]")];
  if (steps.length === 0) return;
  showTicks({ steps, ...parts });
  steps.forEach((step, at) => {
    const tools = step.querySelector("[data-step-tools]");
    if (!tools) return;
    const onPress = (name, act) =>
      tools
        .querySelector(`[data-${name}]`)
        .addEventListener("click", () => whenLoaded(putting, (them) => them[act](step, at, parts)));
    onPress("put-in", "putIn");
    onPress("copy-lines", "copyLines");
    tools.hidden = false;
  });
}
