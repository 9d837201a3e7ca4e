// One check in the list: how it stands, and what was found where it failed.

import { sentence } from "./parts.js";

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
    expects: item.querySelector(".check-expects").textContent,
    // `row` is the number of the row on the wire that shows it, if there is one.
    fail({ expected, found }, row = null) {
      find("expected").textContent = sentence(`${expected}`);
      find("found").textContent = found;
      find("show-wire").hidden = row === null;
      find("show-wire").onclick = () => showWire(row);
      become("failed");
    },
  };
}
