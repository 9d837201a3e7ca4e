// What Bun has and a sandbox does not, with what to do instead: see missing.json, from which the engine
// (src/engine/zygote/missing.rs) takes globals and modules as well.

import { Bun as missing, process as missingOfProcess } from "../missing.json";

/** The missing members of Bun's global: whatever is done with one throws the reason. */
export const missingMembers = absentMembers("Bun", missing);

/** Those of `process`. */
export const missingProcessMembers = absentMembers("process", missingOfProcess);

function absentMembers(owner, reasons) {
  const members = Object.entries(reasons);
  return Object.fromEntries(
    members.map(([name, reason]) => [name, absent(`${owner}.${name}`, reason)]),
  );
}

/** Something that a sandbox has not: whatever is done with it throws the reason. */
export function absent(name, reason) {
  const refuse = () => {
    throw new TypeError(`${name} does not exist here: ${reason}`);
  };
  return new Proxy(function () {}, {
    apply: refuse,
    construct: refuse,
    // Only looking, as the engine and `typeof` do, is no use of it.
    get: (target, key) => (typeof key === "symbol" || key in target ? target[key] : refuse()),
  });
}
