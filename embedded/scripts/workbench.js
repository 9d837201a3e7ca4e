// Starts the workbench beside a lesson. The code is on the page to read at once; the editor and the
// rest come after the first paint.

import { switchViews } from "./workbench/views.js";

switchViews();

const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
painted
  .then(() => Promise.all([import("./workbench/bench.js"), import("./workbench/editor.js")]))
  .then(([{ openBench }, { createEditor }]) => openBench(createEditor))
  .catch((error) => {
    console.error(error);
    const words = document.querySelector("[data-run-words]");
    if (words) words.textContent = "The workbench could not be loaded: reload the page";
  });
