// The button for a second client beside the preview: all that shows it is loaded with the first press.

import { showAddress } from "./address.js";
import { whenLoaded } from "./lazy.js";
import { notice } from "./notice.js";
import { part } from "./parts.js";
import { openPreview } from "./preview.js";

// `ask` has the site do something, by its path, what is sent, and how (request.js).
export function offerSecond(given) {
  // Given to it: files that are shared would be loaded apart, with every lesson.
  const tools = { notice, openPreview, showAddress };
  let second = null;

  part("second").addEventListener("click", () =>
    whenLoaded(
      () => import("./second-client.js"),
      ({ openSecond }) => (second ??= openSecond({ ...given, ...tools })).toggle(),
    ),
  );
}
