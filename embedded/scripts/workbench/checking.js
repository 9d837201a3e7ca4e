// What plays checks, loaded when somebody first checks their code or watches a check.

export { openTrial } from "./trial.js";
export { tryChecks } from "./try-checks.js";
export { watch } from "./watch.js";
