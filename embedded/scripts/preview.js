// Injected as the first script of each page shown in the preview; never in a tab of its own.
// It keeps the page's history private to the preview, and tells the workbench what happens.

import { openChannel } from "./preview/channel.js";
import { watchConsole } from "./preview/console.js";
import { watchFaults } from "./preview/faults.js";
import { privateHistory } from "./preview/history.js";
import { watchNavigation } from "./preview/navigation.js";

const site = document.currentScript?.dataset.site;

// A frame inside the learner's own page is none of our business.
if (site && window.parent !== window && window.parent === window.top) {
  const channel = openChannel(site);
  const write = watchConsole(channel);
  watchFaults(write);
  const history = privateHistory(channel);
  watchNavigation(history, write);
  channel.on("ping", () => channel.tell("pong"));
  history.start();
}
