// Which language a file is in, by the end of its name; and how a screen reader calls it.

import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const jsx = () => javascript({ jsx: true });
const ts = () => javascript({ typescript: true });
const tsx = () => javascript({ jsx: true, typescript: true });

const LANGUAGES = {
  ...{ html, htm: html, svg: html, css, json },
  ...{ js: javascript, mjs: javascript, jsx, ts, mts: ts, tsx },
};

export const languageSlot = new Compartment();
export const nameSlot = new Compartment();

export const languageFor = (name) => LANGUAGES[name.split(".").pop().toLowerCase()]?.() ?? [];

export const nameFor = (name) =>
  EditorView.contentAttributes.of({
    "aria-label": `${name}. Escape leaves the editor, Shift+Enter runs.`,
    autocapitalize: "off",
    tabindex: "0",
  });
