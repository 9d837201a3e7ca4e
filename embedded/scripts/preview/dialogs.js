// alert, confirm and prompt hold the whole lesson until they are answered: a loop of them would hold it for good. What
// a click or a key asks for is always shown, what comes soon after one some times, and what comes by itself a few.

import { openBudget } from "../workbench/budget.js";

const SOON = [10, 1];
const ALONE = [3, 0.2];
const TOO_MANY =
  "This page asks by a dialog more often than anybody can answer: this one was not shown. " +
  "Look for an alert, a confirm or a prompt in a loop or a timer.";

export function boundDialogs(write) {
  const [soon, alone] = [openBudget(...SOON), openBudget(...ALONE)];
  const isShown = () =>
    isByHand(window.event) || (navigator.userActivation?.isActive && soon(1)) || alone(1);
  const declined = { alert: undefined, confirm: false, prompt: null };
  for (const [name, answer] of Object.entries(declined)) {
    const native = window[name].bind(window);
    window[name] = (...words) => {
      if (isShown()) return native(...words);
      write("warn", TOO_MANY);
      return answer;
    };
  }
}

const isByHand = (event) =>
  event?.isTrusted && (event instanceof UIEvent || ["change", "submit"].includes(event.type));
