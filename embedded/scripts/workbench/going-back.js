// All by which one chooses between codes. They are one file, since what they share with the rest would be cut into many.

export { openComparison } from "./compare.js";
export { settleConflict } from "./conflict.js";
export { reset } from "./reset.js";
export { showVersions } from "./versions.js";
