// Runs in each page of a check's client, after the preview's script: does there what the check's story
// asks for, by the means of Testing Library. Asked by the lesson's page only.

import { actOn, keys } from "./client/act.js";
import { isConnecting } from "./client/coming.js";
import { dialogActs, takeDialogs } from "./client/dialogs.js";
import { instead, look } from "./client/find.js";
import { keepFocus } from "./client/focus.js";
import { pageActs } from "./client/page.js";
import { picture } from "./client/picture.js";
import { changeCount, isIdle, isStill, watchRest } from "./client/rest.js";
import { keepScroll } from "./client/scroll.js";

const MARK = "hxlab-client";
const site = document.currentScript?.dataset.site;
const lesson = window.parent;

if (site && lesson !== window && lesson === window.top) {
  watchRest();
  takeDialogs();
  keepFocus();
  keepScroll();
  const acts = {
    look,
    instead: (steps) => instead(steps),
    act: actOn,
    keys,
    idle: isIdle,
    picture,
    ...dialogActs,
    ...pageActs,
  };
  const tell = (rest) => {
    const state = {
      changes: changeCount(),
      isAtRest: isIdle() && !isConnecting(),
      isStill: isStill(),
    };
    lesson.postMessage({ from: MARK, ...state, ...rest }, site);
  };

  window.addEventListener("message", async (event) => {
    if (event.source !== lesson || event.origin !== site || event.data?.from !== MARK) return;
    event.stopImmediatePropagation();
    const { id, what, args } = event.data;
    try {
      tell({ id, value: await acts[what](...args) });
    } catch (error) {
      tell({ id, error: error.message });
    }
  });

  const ready = () => setTimeout(() => tell({ ready: location.href }), 0);
  if (document.readyState === "complete") ready();
  else window.addEventListener("load", ready);
}
