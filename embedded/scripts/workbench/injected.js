// Faults that the learner has happen: the menu and the line that says what holds are loaded with the first of them.

import { whenLoaded } from "./lazy.js";
import { dismiss, notice } from "./notice.js";
import { part } from "./parts.js";

// `request` asks the site about them; `words` says who a client is; `preview` and `run` are the learner's.
export function offerFaults(given) {
  const { feed } = given;
  let faults = null;
  let held = {};

  // For how many seconds connections are refused still. The site's clock may be another one than the browser's.
  const secondsLeft = () => {
    if (!held.refuses) return 0;
    const seconds = Math.ceil((held.refuses_until - Date.now()) / 1000);
    return Math.min(10, Math.max(1, seconds));
  };
  const load = () =>
    whenLoaded(
      () => import("./fault-menu.js"),
      ({ openFaults }) => {
        faults ??= openFaults({ ...given, notice, dismiss, secondsLeft });
        faults.show(held, false);
        return faults;
      },
    );
  const hold = (detail, isLost = false) => {
    held = detail;
    if (faults) faults.show(held, isLost);
    else if (Object.values(held).includes(true)) load();
  };

  feed.addEventListener("faults", ({ detail }) => hold(detail));
  feed.addEventListener("again", () => hold({}));
  feed.addEventListener("renewed", () => hold({}, true));
  part("faults").addEventListener("click", async () => (await load())?.toggle());
  return { secondsLeft, end: async () => (await load())?.end() };
}
