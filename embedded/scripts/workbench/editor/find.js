// Find and replace, in the file that is shown.

import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { keymap } from "@codemirror/view";

// Present in the states that can find already.
const can = StateField.define({ create: () => true, update: (value) => value });
const finding = [can, search({ top: true }), Prec.high(keymap.of(searchKeymap))];

export function openFind(view) {
  if (!view.state.field(can, false)) {
    view.dispatch({ effects: StateEffect.appendConfig.of(finding) });
  }
  openSearchPanel(view);
}
