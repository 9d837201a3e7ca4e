// A frame in the page keeps no history, and adds nothing to that of the tab, which is the lesson's too: its Back would go
// through the frame's entries first. What another origin does in a frame nobody can
// see; the lesson's page says it (workbench/entries.js).

import { watchNavigation } from "./navigation.js";

const NO_HISTORY = {
  leaving() {},
  replacing() {},
  stayed() {},
  jump: (url, jump) => jump(url),
};
// A frame may have the script itself, and be looked into by its page as well.
const DONE = Symbol.for("hxlab.entries");

/** In a window whose scripts may be ours or not. */
export function addNoEntries(window) {
  if (window[DONE]) return;
  window[DONE] = true;
  const { History } = window;
  const { replaceState } = History.prototype;
  History.prototype.pushState = function (state, unused, url) {
    return replaceState.call(this, state, unused, url);
  };
  watchNavigation(window, NO_HISTORY, () => {});
  renewFrames(window);
}

// An address without a script of ours, in a frame that has shown something: a frame that is put in anew begins without an
// entry.
export function renewFrames({ HTMLIFrameElement }) {
  const { prototype } = HTMLIFrameElement;
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, "src");
  const renewed = (frame, url, change) => {
    if (!frame.isConnected || !/^\s*(data|blob):/i.test(url)) return change();
    const { parentNode, nextSibling } = frame;
    frame.remove();
    change();
    parentNode.insertBefore(frame, nextSibling);
    return undefined;
  };
  Object.defineProperty(prototype, "src", {
    get,
    set(url) {
      renewed(this, `${url}`, () => set.call(this, url));
    },
    configurable: true,
    enumerable: true,
  });
  const { setAttribute } = prototype;
  prototype.setAttribute = function (name, value) {
    const change = () => setAttribute.call(this, name, value);
    return `${name}`.toLowerCase() === "src" ? renewed(this, `${value}`, change) : change();
  };
}
