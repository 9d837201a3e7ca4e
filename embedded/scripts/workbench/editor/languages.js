// Which language a file is in, by the end of its name; and how a screen reader calls it. The languages come
// without CodeMirror's own lists of completions, which nothing here shows.

import { cssLanguage } from "@codemirror/lang-css";
import { autoCloseTags as closeHtmlTags, htmlLanguage } from "@codemirror/lang-html";
import {
  autoCloseTags as closeJsxTags,
  javascriptLanguage,
  jsxLanguage,
  tsxLanguage,
  typescriptLanguage,
} from "@codemirror/lang-javascript";
import { jsonLanguage } from "@codemirror/lang-json";
import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const html = [htmlLanguage, closeHtmlTags];
const jsx = [jsxLanguage, closeJsxTags];
const tsx = [tsxLanguage, closeJsxTags];

const LANGUAGES = {
  ...{ html, htm: html, svg: html, css: cssLanguage, json: jsonLanguage },
  ...{ js: javascriptLanguage, mjs: javascriptLanguage, jsx },
  ...{ ts: typescriptLanguage, mts: typescriptLanguage, tsx },
};

const EXPLAIN_KEY = /Mac|iP/.test(globalThis.navigator?.platform ?? "") ? "Cmd+I" : "Ctrl+I";

export const languageSlot = new Compartment();
export const nameSlot = new Compartment();

export const languageFor = (name) => LANGUAGES[name.split(".").pop().toLowerCase()] ?? [];

export const nameFor = (name) =>
  EditorView.contentAttributes.of({
    "aria-label": `${name}. Escape leaves the editor, Shift+Enter runs, ${EXPLAIN_KEY} explains.`,
    autocapitalize: "off",
    tabindex: "0",
  });
