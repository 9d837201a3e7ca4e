// What is loaded when somebody looks at a row of the wire, or sends something.

export { openComposer } from "./composer.js";
export { openDetail } from "./wire-open.js";
