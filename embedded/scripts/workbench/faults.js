// Faults of server.js, shown at their line in the editor: those of the Run that is up, until the next.

import { fileOf } from "./frames.js";

const MOST = 10;

export function showFaults({ run, feed, editor }) {
  let current = null;
  let faults = [];

  const draw = () => editor.mark(faults.flatMap(marksOf));

  const add = (fault, number) => {
    if (!fault?.frames?.length) return;
    if (number !== current) faults = [];
    current = number;
    const key = JSON.stringify(fault);
    if (faults.some((known) => JSON.stringify(known) === key)) return;
    faults = [...faults, fault].slice(-MOST);
    draw();
  };

  run.addEventListener("status", ({ detail }) => {
    if (detail.state === "starting" || (detail.run && detail.run !== current)) {
      faults = [];
      current = detail.run ?? null;
      draw();
    }
    add(detail.fault, detail.run ?? current);
  });
  feed.addEventListener("console", ({ detail }) => {
    if (detail.run === current) add(detail.fault, detail.run);
  });
}

// The first frame is where it went wrong; the others led there.
function marksOf({ name, message, frames }) {
  return frames.map((frame, at) => ({
    file: fileOf(frame),
    line: frame.line,
    column: frame.column,
    severity: at === 0 ? "error" : "info",
    message: at === 0 ? `${name}: ${message}` : `Called from here: ${name}`,
  }));
}
