// One check in the list: how it stands, and what was found where it failed.

import { sentence } from "./parts.js";
import { pictureOf } from "./picture.js";

const WORDS = {
  ahead: "not checked yet",
  waiting: "waiting for a free port",
  running: "being checked",
  passed: "passed",
  failed: "failed",
  untried: "could not be tried: no port was free",
};
// Those without a verdict of this trial.
const AHEAD = ["ahead", "waiting", "running"];

export function checkItem(box, id, showWire) {
  const item = box.querySelector(`[data-check="${CSS.escape(id)}"]`);
  const find = (name) => item.querySelector(`[data-${name}]`);
  const is = (...states) => states.includes(item.dataset.state);
  const before = item.dataset.state;

  const become = (state) => {
    item.dataset.state = state;
    item.querySelector(".check-mark").setAttribute("aria-label", WORDS[state]);
    item.querySelector(".check-found").hidden = state !== "failed";
    item.querySelector(".check-untried").hidden = state !== "untried";
  };

  return {
    become,
    // It is to be tried; until it has a result, it can be restored to what was shown before.
    queue: () => become("ahead"),
    restore: () => become(before),
    isAhead: () => is(...AHEAD),
    isFirst: () => is("failed", "untried"),
    isUntried: () => is("untried"),
    hasFailed: () => is("failed"),
    // Whether the server failed meanwhile, which explains more than what was found.
    hasCause: () => !find("thrown").hidden || !find("ended").hidden,
    // What was expected and found, in a sentence.
    difference: () => {
      const expected = find("expected").textContent.replace(/\.$/, "");
      return sentence(`${expected}; ${find("found").textContent}`);
    },
    expects: item.querySelector(".check-expects").textContent,
    // `picture` is of the page that it is about, `rows` are what crossed the wire, and `row` is the number of the one
    // that shows it, each if there is one.
    fail({ expected, found, error, ended }, picture, rows, row) {
      find("expected").textContent = sentence(`${expected}`);
      find("found").textContent = found;
      find("error").textContent = error ?? "";
      find("thrown").hidden = !error;
      find("ended").textContent = ended ?? "";
      find("ended").hidden = !ended;
      find("show-wire").hidden = row === null;
      find("show-wire").onclick = () => showWire(rows, row);
      const drawn = picture && pictureOf(picture, picture.client);
      find("picture").replaceChildren(...(drawn ? [drawn.figure] : []));
      become("failed");
      drawn?.show();
    },
  };
}
