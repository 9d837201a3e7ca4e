// Starts the workbench beside a lesson. The code is on the page to read at once; the rest comes after the first
// paint, and the editor of a narrow screen when the code is first opened.

import { isCodeSeen, switchViews, whenCodeIsSeen } from "./workbench/views.js";

switchViews();

const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
// What does not come is asked for again.
const loadEditor = async () => {
  await whenCodeIsSeen();
  return import("./workbench/editor.js");
};

async function open() {
  // Where the code is in sight, the workbench is ready once its editor is.
  const [{ openBench }] = await Promise.all([
    import("./workbench/bench.js"),
    isCodeSeen() ? loadEditor() : null,
  ]);
  openBench(loadEditor);
}

painted.then(open).catch((error) => {
  console.error(error);
  const words = document.querySelector("[data-run-words]");
  if (words) words.textContent = "The workbench could not be loaded: reload the page";
});
