// The focus of a client's page, kept by this script: the browser's own has one place only, and would be taken
// from whoever types in the lesson meanwhile. A page sees the same events in the same order, the same
// `document.activeElement` and `hasFocus`; of styles, `:focus` does not match.

import { bring } from "./scroll.js";

let active = null;

const current = () => (active?.isConnected ? active : null);

export function keepFocus() {
  const { get } = Object.getOwnPropertyDescriptor(Document.prototype, "activeElement");
  Object.defineProperty(Document.prototype, "activeElement", {
    configurable: true,
    enumerable: true,
    get() {
      if (this !== document) return get.call(this);
      const element = current();
      return element ? hostOf(element) : this.body;
    },
  });
  document.hasFocus = () => true;
  window.focus = () => {};
  for (const { prototype } of [HTMLElement, SVGElement]) {
    const methods = { focus: { value: focus }, blur: { value: blur } };
    for (const method of Object.values(methods)) {
      Object.assign(method, { configurable: true, writable: true, enumerable: true });
    }
    Object.defineProperties(prototype, methods);
  }
}

function focus({ preventScroll = false } = {}) {
  const before = current();
  if (this.ownerDocument !== document || before === this || !isFocusable(this)) return;
  leave(before, this);
  // A handler of the one that was left may have moved it elsewhere.
  if (active !== null) return;
  active = this;
  fire(this, "focus", before);
  fire(this, "focusin", before);
  if (!preventScroll) bring(this);
}

function blur() {
  if (current() === this) leave(this, null);
}

function leave(element, next) {
  active = null;
  if (!element) return;
  fire(element, "blur", next);
  fire(element, "focusout", next);
}

const fire = (element, type, relatedTarget) => {
  const bubbles = /in$|out$/.test(type);
  const init = { bubbles, composed: true, view: window, relatedTarget };
  element.dispatchEvent(new FocusEvent(type, init));
};

const isFocusable = (element) =>
  (element.tabIndex >= 0 || element.hasAttribute("tabindex")) &&
  !element.matches(":disabled") &&
  !element.closest("[inert]") &&
  element.checkVisibility({ visibilityProperty: true });

// Of an element in a shadow tree: the one that a document knows.
function hostOf(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? hostOf(root.host) : element;
}
