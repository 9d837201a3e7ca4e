// The swaps of htmx 2, by the events that it fires. They tell neither the style nor, of parts, whose they are: both are
// read from the attributes and from the text that came.

import { watchAnswers } from "./htmx-2/answers.js";
import { watchMessages } from "./htmx-2/messages.js";
import { watchParts } from "./htmx-2/part-swaps.js";
import { watchRestored } from "./htmx-2/restored.js";

export function watchHtmx2(records, lines) {
  // What is being swapped now: answers whose parts may still come, and a message.
  const scene = { open: new Set(), message: null };
  watchAnswers(records, scene);
  watchParts(records, scene);
  watchMessages(records, scene, lines);
  watchRestored(records);
}
