// Injected as the first script of each page shown in the preview; never in a tab of its own.
// It keeps the page's history private to the preview, and tells the workbench what happens.

import { watchChanges } from "./preview/changes.js";
import { openChannel } from "./preview/channel.js";
import { watchConsole } from "./preview/console.js";
import { partitionCookies } from "./preview/cookies.js";
import { boundDialogs } from "./preview/dialogs.js";
import { watchFaults } from "./preview/faults.js";
import { addNoEntries, renewFrames } from "./preview/entries.js";
import { leaveFocus } from "./preview/focus.js";
import { onFrame } from "./preview/frames.js";
import { privateHistory } from "./preview/history.js";
import { leaveAtOnce } from "./preview/leaving.js";
import { watchMistakes } from "./preview/mistakes.js";
import { watchNavigation } from "./preview/navigation.js";
import { openProblems } from "./preview/problems.js";
import { signWhenAsked } from "./preview/sign.js";
import { readSource } from "./preview/source.js";

const { site, entry, scripts, partitioned } = document.currentScript?.dataset ?? {};

if (partitioned !== undefined && window.parent !== window) partitionCookies();
if (site && window.parent !== window && window.parent === window.top) {
  const channel = openChannel(site);
  const withSource = readSource(scripts);
  const write = watchConsole(channel, withSource);
  const report = openProblems(channel);
  watchFaults(write, report, withSource);
  watchMistakes(report, (path) => channel.tell("pushed", { path: `${path}` }));
  watchChanges(channel);
  boundDialogs(write);
  const leaveFocusIn = leaveFocus(channel);
  leaveAtOnce();
  const history = privateHistory(channel, Number(entry));
  watchNavigation(window, history, write);
  renewFrames(window);
  onFrame((inner) => {
    leaveFocusIn(inner);
    addNoEntries(inner);
  });
  signWhenAsked(channel);
  channel.on("ping", () => channel.tell("pong"));
  history.start();
}
// A frame inside the learner's own page keeps nothing, and adds nothing to the lesson's history either.
if (site && window.parent !== window.top) addNoEntries(window);
