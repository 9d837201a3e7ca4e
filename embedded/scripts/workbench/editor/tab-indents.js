// Tab indents once somebody has typed or clicked in the editor, until they leave it. Whoever only comes by with Tab
// goes on with Tab.

import { indentLess, indentMore } from "@codemirror/commands";
import { keymap, ViewPlugin } from "@codemirror/view";

class Hands {
  areAtWork = false;

  update({ transactions }) {
    const isTyped = (each) => ["input", "delete", "move"].some((event) => each.isUserEvent(event));
    if (transactions.some(isTyped)) this.areAtWork = true;
  }
}

const hands = ViewPlugin.fromClass(Hands, {
  eventHandlers: {
    mousedown() {
      this.areAtWork = true;
    },
    touchstart() {
      this.areAtWork = true;
    },
    blur() {
      this.areAtWork = false;
    },
  },
});

const whileAtWork = (command) => (view) => view.plugin(hands).areAtWork && command(view);

export const tabIndents = [
  hands,
  keymap.of([{ key: "Tab", run: whileAtWork(indentMore), shift: whileAtWork(indentLess) }]),
];
