// One check in the list: how it stands, and what was found where it failed.

import { sentence } from "./parts.js";
import { pictureOf } from "./picture.js";

const WORDS = {
  ahead: "not checked yet",
  running: "being checked",
  passed: "passed",
  failed: "failed",
};

export function checkItem(box, id, showWire) {
  const item = box.querySelector(`[data-check="${CSS.escape(id)}"]`);
  const find = (name) => item.querySelector(`[data-${name}]`);

  const become = (state) => {
    item.dataset.state = state;
    item.querySelector(".check-mark").setAttribute("aria-label", WORDS[state]);
    item.querySelector(".check-found").hidden = state !== "failed";
  };

  return {
    become,
    isRunning: () => item.dataset.state === "running",
    hasFailed: () => item.dataset.state === "failed",
    expects: item.querySelector(".check-expects").textContent,
    // `picture` is of the page that it is about, `rows` are what crossed the wire, and `row` is the number of the one
    // that shows it, each if there is one.
    fail({ expected, found, error }, picture, rows, row) {
      find("expected").textContent = sentence(`${expected}`);
      find("found").textContent = found;
      find("error").textContent = error ?? "";
      find("thrown").hidden = !error;
      find("show-wire").hidden = row === null;
      find("show-wire").onclick = () => showWire(rows, row);
      const drawn = picture && pictureOf(picture, picture.client);
      find("picture").replaceChildren(...(drawn ? [drawn.figure] : []));
      become("failed");
      drawn?.show();
    },
  };
}
