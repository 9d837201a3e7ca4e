// The browser's own dialog for files.

import { bench, make } from "./parts.js";

// Gives the files chosen, none where the dialog was left.
export function chooseFiles({ multiple = false, accept = null }) {
  const input = make("input", { type: "file", hidden: true, multiple, accept });
  bench.append(input);
  return new Promise((done) => {
    const end = () => {
      input.remove();
      done([...input.files]);
    };
    input.addEventListener("change", end);
    input.addEventListener("cancel", end);
    input.click();
  });
}
