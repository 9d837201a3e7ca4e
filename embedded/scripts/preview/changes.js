// Tells the workbench what htmx has changed in the page and why: for each answer, message and event the elements that
// were swapped, before and after. It listens, and wraps WebSocket and EventSource so that each message can be named; what
// the page reads of them stays the same.

import { watchHtmx2 } from "./changes/htmx-2.js";
import { watchHtmx4 } from "./changes/htmx-4.js";
import { markLines } from "./changes/lines.js";
import { tellPlaces } from "./changes/outline.js";
import { openRecords } from "./changes/record.js";

export function watchChanges(channel) {
  const records = openRecords(channel);
  const lines = markLines();
  watchHtmx2(records, lines);
  watchHtmx4(records, lines);
  tellPlaces(channel, records);
}
