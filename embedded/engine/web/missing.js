// What Bun has and a sandbox does not, with what to do instead: see missing.json, from which the engine
// (src/engine/zygote/missing.rs) takes globals and modules as well.

import { Bun as missing, process as missingOfProcess } from "../missing.json";
import { absentMembers } from "./absent.js";

/** The missing members of Bun's global: whatever is done with one throws the reason. */
export const missingMembers = absentMembers("Bun", missing);

/** Those of `process`. */
export const missingProcessMembers = absentMembers("process", missingOfProcess);
