// The button for a second client beside the preview: all that shows it is loaded with the first press, or where it was open
// in this tab when the lesson was loaded again.

import { showAddress } from "./address.js";
import { quietly } from "./keep.js";
import { whenLoaded } from "./lazy.js";
import { dismiss, notice } from "./notice.js";
import { part } from "./parts.js";
import { openPreview } from "./preview.js";

// `ask` has the site do something, by its path, what is sent, and how (request.js); `work` is whose desk it is.
export function offerSecond({ work, ...given }) {
  const kept = `hxlab.second.${work}`;
  const tools = { dismiss, notice, openPreview, showAddress, kept };
  let second = null;
  let last = { state: "running" };
  given.run.addEventListener("status", ({ detail }) => (last = detail));

  const load = (act) =>
    whenLoaded(
      () => import("./second-client.js"),
      ({ openSecond }) => act((second ??= openSecond({ ...given, ...tools, last }))),
    );
  part("second").addEventListener("click", () => load((it) => it.toggle()));
  if (given.preview.home && quietly(() => sessionStorage.getItem(kept))) load((it) => it.open());
}
