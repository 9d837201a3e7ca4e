// Faults that the learner has happen: the menu and the line that says what holds are loaded with the first of them.

import { whenLoaded } from "./lazy.js";
import { notice } from "./notice.js";
import { part } from "./parts.js";

// `request` asks the site about them; `words` says who a client is; `preview` and `run` are the learner's.
export function offerFaults(given) {
  const { feed } = given;
  let faults = null;
  let held = {};

  const load = () =>
    whenLoaded(
      () => import("./fault-menu.js"),
      ({ openFaults }) => {
        faults ??= openFaults({ ...given, notice });
        faults.show(held);
        return faults;
      },
    );
  const hold = (detail) => {
    held = detail;
    if (faults) faults.show(held);
    else if (Object.values(held).includes(true)) load();
  };

  feed.addEventListener("faults", ({ detail }) => hold(detail));
  for (const anew of ["begin", "renewed"]) feed.addEventListener(anew, () => hold({}));
  part("faults").addEventListener("click", async () => (await load())?.toggle());
}
