// A page that calls `focus` by itself, as after a swap that the server sent, would take the keyboard from whoever types
// in the lesson. What it puts the focus on gets it when somebody comes to the page. What takes the focus in other ways has
// it taken back by the lesson's page (workbench/keyboard.js).

import { watchComing } from "./coming.js";

const FOCUSABLE = "[autofocus], button, input, select, textarea, a[href], [tabindex]";

/** What it gives does the same in a frame of the page. */
export function leaveFocus(channel) {
  const coming = watchComing(channel);
  holdBack(window, coming);
  return (inner) => holdBack(inner, coming);
}

function holdBack(window, { watch, isHere }) {
  let waiting = null;
  watch(window);
  for (const { prototype } of [window.HTMLElement, window.SVGElement]) {
    const native = prototype.focus;
    prototype.focus = function (options) {
      if (isHere()) native.call(this, options);
      else waiting = this;
    };
  }
  const { prototype } = window.HTMLDialogElement;
  const { showModal } = prototype;
  prototype.showModal = function () {
    if (isHere()) return showModal.call(this);
    // What is inert takes no focus.
    const { inert } = this;
    this.inert = true;
    showModal.call(this);
    this.inert = inert;
    waiting = this.querySelector(FOCUSABLE);
    return undefined;
  };
  const native = window.focus.bind(window);
  window.focus = () => isHere() && native();
  window.addEventListener("focus", (event) => {
    if (event.target !== window || !isHere()) return;
    const { activeElement, body } = window.document;
    if (waiting?.isConnected && activeElement === body) waiting.focus();
    waiting = null;
  });
}
