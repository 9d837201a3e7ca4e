// Known mistakes of htmx, as the page shows them: its attributes are read once it is loaded and whenever some come, and
// what htmx tells by its events is put into words. Nothing is changed in the page.

import { watchAttributes } from "./attributes.js";
import { watchEvents } from "./htmx-events.js";

export function watchMistakes(report, tellPushed) {
  watchAttributes(report);
  watchEvents(report, tellPushed);
}
