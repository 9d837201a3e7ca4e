// The lines between the panes: dragged, or moved by the arrow keys; where they stand is remembered.

import { firstLayout, layout, setLayout } from "../layout/settings.js";
import { bench } from "./parts.js";

const STEP = 2;

export function moveSeparators() {
  for (const line of bench.querySelectorAll("[data-separator]")) moveSeparator(line);
}

function moveSeparator(line) {
  const name = line.dataset.separator;
  const isAcross = line.getAttribute("aria-orientation") === "horizontal";
  const move = (steps) => () => setLayout(name, layout(name) + steps * STEP);
  const draw = () => (line.ariaValueNow = `${layout(name)}`);

  const keys = {
    [isAcross ? "ArrowUp" : "ArrowLeft"]: move(-1),
    [isAcross ? "ArrowDown" : "ArrowRight"]: move(1),
    Home: () => setLayout(name, line.ariaValueMin),
    End: () => setLayout(name, line.ariaValueMax),
    Enter: () => setLayout(name, firstLayout(name)),
  };

  line.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  line.addEventListener("dblclick", keys.Enter);

  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    line.setPointerCapture(event.pointerId);
    bench.dataset.dragging = name;
  });
  line.addEventListener("pointermove", (event) => {
    if (!line.hasPointerCapture(event.pointerId)) return;
    const box = line.parentElement.getBoundingClientRect();
    const share = isAcross
      ? (event.clientY - box.top) / box.height
      : (event.clientX - box.left) / box.width;
    setLayout(name, share * 100);
  });
  line.addEventListener("lostpointercapture", () => delete bench.dataset.dragging);
  document.addEventListener("layout", draw);
  draw();
}
