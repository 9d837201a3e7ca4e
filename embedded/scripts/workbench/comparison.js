// Another text beside one's code, piece by piece (compare.js, which is loaded with going-back.js when it is first asked for). What is
// compared with is { key, title, other, files, all }: its name in the pane's head and within a sentence, its files, and
// what is offered for all of it at once, { label, act }, or null.

import { whenLoaded } from "./lazy.js";
import { showView } from "./views.js";

export function offerComparison(parts) {
  const comparison = new EventTarget();
  let pane = null;
  const tell = () => comparison.dispatchEvent(new Event("shown"));

  return Object.assign(comparison, {
    // The key of what is shown, or null.
    shown: () => pane?.shown ?? null,
    show(source) {
      showView("code");
      const load = async () => {
        await parts.editor.coming;
        return import("./going-back.js");
      };
      return whenLoaded(load, ({ openComparison }) => {
        pane ??= openComparison({ ...parts, tell });
        pane.show(source);
      });
    },
    close: () => pane?.close(),
    draw: () => pane?.draw(),
  });
}
