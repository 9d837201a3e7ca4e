// The lines between the panes: dragged, or moved by the arrow keys; where they stand is remembered.

import { quietly } from "./keep.js";
import { bench } from "./parts.js";

const STEP = 2;

export function moveSeparators() {
  for (const line of bench.querySelectorAll("[data-separator]")) moveSeparator(line);
}

function moveSeparator(line) {
  const name = line.dataset.separator;
  const key = `hxlab.layout.${name}`;
  const isAcross = line.getAttribute("aria-orientation") === "horizontal";
  const [least, most] = [Number(line.ariaValueMin), Number(line.ariaValueMax)];
  const first = isAcross ? 46 : 54;
  const now = () => Number(line.ariaValueNow);

  const set = (percent) => {
    const value = Math.round(Math.min(most, Math.max(least, percent)));
    line.ariaValueNow = `${value}`;
    bench.style.setProperty(`--share-${name}`, `${value}%`);
    quietly(() => localStorage.setItem(key, value));
  };

  const keys = {
    [isAcross ? "ArrowUp" : "ArrowLeft"]: () => set(now() - STEP),
    [isAcross ? "ArrowDown" : "ArrowRight"]: () => set(now() + STEP),
    Home: () => set(least),
    End: () => set(most),
    Enter: () => set(first),
  };

  line.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  line.addEventListener("dblclick", () => set(first));

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
    set(share * 100);
  });
  line.addEventListener("lostpointercapture", () => delete bench.dataset.dragging);
  set(Number(quietly(() => localStorage.getItem(key))) || first);
}
