// What somebody types while the focus is on its way back to where they type.

import { isTypedKey } from "./preview-message.js";

const NAMED = { Enter: "insertLineBreak", Backspace: "delete" };

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

// Keys that have come already, while earlier ones may still be on their way from the page that took the focus; `giveBack`
// takes the focus back where that page has it once more.
export function openHeld(giveBack) {
  let keys = null;
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    const waiting = keys ?? [];
    keys = null;
    if (waiting.length > 0) giveBack();
    waiting.forEach(typeThere);
  };
  return {
    begin(longest) {
      keys ??= [];
      clearTimeout(timer);
      timer = setTimeout(end, longest);
    },
    take(event) {
      if (!keys || !event.isTrusted) return;
      if (!isPlain(event)) return void end();
      event.preventDefault();
      event.stopImmediatePropagation();
      keys.push(event.key);
    },
    type: typeThere,
    end,
  };
}

const isPlain = ({ key, ctrlKey, metaKey, altKey, isComposing }) =>
  !ctrlKey && !metaKey && !altKey && !isComposing && isTypedKey(key);

// The editor hears of Enter and Backspace as keys; fields do by the browser's own commands.
function typeThere(key) {
  if (!Object.hasOwn(NAMED, key)) return document.execCommand("insertText", false, key);
  const event = new KeyboardEvent("keydown", {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  return focused().dispatchEvent(event) && document.execCommand(NAMED[key]);
}
