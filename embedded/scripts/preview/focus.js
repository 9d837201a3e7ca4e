// A page that calls `focus` by itself, as after a swap that the server sent, would take the keyboard from whoever types
// in the lesson. What it puts the focus on gets it when somebody comes to the page.

const FOCUSABLE = "[autofocus], button, input, select, textarea, a[href], [tabindex]";

export function leaveFocus() {
  let waiting = null;
  const isHere = () => document.hasFocus() || navigator.userActivation?.isActive;
  for (const { prototype } of [HTMLElement, SVGElement]) {
    const native = prototype.focus;
    prototype.focus = function (options) {
      if (isHere()) native.call(this, options);
      else waiting = this;
    };
  }
  const { showModal } = HTMLDialogElement.prototype;
  HTMLDialogElement.prototype.showModal = function () {
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
    if (event.target !== window) return;
    if (waiting?.isConnected && document.activeElement === document.body) waiting.focus();
    waiting = null;
  });
}
