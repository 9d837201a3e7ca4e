// A pane that has all the room of the workbench: its own button gives it, and gives it back. What is shown from
// elsewhere, such as a line of the code from the console, takes the room with it.

import { layout, setLayout } from "../layout/settings.js";
import { bench } from "./parts.js";

const PANES = { code: "code", preview: "preview", wire: "drawer" };

export function offerWhole() {
  const buttons = bench.querySelectorAll("[data-whole-of]");
  const draw = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", `${button.dataset.wholeOf === layout("whole")}`);
    }
  };
  for (const button of buttons) {
    const pane = button.dataset.wholeOf;
    button.addEventListener("click", () =>
      setLayout("whole", layout("whole") === pane ? "none" : pane),
    );
  }
  document.addEventListener("workbench:view", ({ detail }) => {
    if (layout("whole") !== "none" && detail in PANES) setLayout("whole", PANES[detail]);
  });
  document.addEventListener("layout", draw);
  draw();
}
