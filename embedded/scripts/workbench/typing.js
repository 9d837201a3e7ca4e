// What somebody types while the focus is on its way back to where they type.

import { isNamed, isTypedKey, typeIn } from "./typed-key.js";

// Where the focus has not come back, it is tried so often, and so much later.
const TRIES = 20;
const AGAIN_MS = 30;

// The editor stands in a shadow tree, of which a document names the host alone.
export function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

// A field may do something of its own when it is left and when it is come to, such as to select all.
export const writtenIn = ({ value, selectionStart, selectionEnd }) =>
  Number.isInteger(selectionStart) ? { value, selectionStart, selectionEnd } : null;

export function restore(field, before) {
  if (before === null) return;
  if (field.value !== before.value) field.value = before.value;
  field.setSelectionRange(before.selectionStart, before.selectionEnd);
}

// Keys wait here while earlier ones may still be on their way from the page that took the focus, and go on in the order
// in which they were pressed. Two pages have clocks of their own, some milliseconds apart, which is less than two keys
// are. `isBack` takes the focus back where that page has it once more, and says whether it is there; `type` types a key
// there.
export function openHeld({ isBack, type }) {
  let keys = null;
  let awaited = 0;
  let timer = 0;
  let tries = 0;
  const end = () => {
    clearTimeout(timer);
    const waiting = keys ?? [];
    awaited = 0;
    if (waiting.length > 0 && !isBack() && (tries += 1) < TRIES) {
      timer = setTimeout(end, AGAIN_MS);
      return;
    }
    keys = null;
    tries = 0;
    waiting.sort((one, other) => one.at - other.at);
    for (const { key } of waiting) type(key);
  };
  return {
    // Until the page has told of all its keys, or for so long.
    begin(longest) {
      awaited += 1;
      if (keys) return;
      keys = [];
      timer = setTimeout(end, longest);
    },
    take(event) {
      if (!keys || !event.isTrusted) return;
      if (!isPlain(event)) return void end();
      event.preventDefault();
      event.stopImmediatePropagation();
      keys.push({ key: event.key, at: performance.timeOrigin + event.timeStamp });
    },
    // One that the page had.
    type(key, at) {
      if (keys) keys.push({ key, at });
      else if (isBack()) type(key);
    },
    told() {
      awaited -= 1;
      if (awaited <= 0) end();
    },
  };
}

const isPlain = ({ key, ctrlKey, metaKey, altKey, isComposing }) =>
  !ctrlKey && !metaKey && !altKey && !isComposing && isTypedKey(key);

// The editor hears of Enter and Backspace as keys; fields do by the browser's own commands.
export function typeThere(key) {
  if (!isNamed(key)) return typeIn(key);
  const event = new KeyboardEvent("keydown", {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  return focused().dispatchEvent(event) && typeIn(key);
}
