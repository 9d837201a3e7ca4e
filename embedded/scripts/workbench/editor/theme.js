// The editor in the site's own tokens: light and dark follow the page's custom properties.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colour = (name) => ({ color: `var(--code-${name})` });

const highlight = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword],
    ...colour("keyword"),
  },
  {
    tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue],
    ...colour("string"),
  },
  {
    tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color, tags.atom],
    ...colour("number"),
  },
  {
    tag: [
      tags.function(tags.variableName),
      tags.definition(tags.variableName),
      tags.className,
      tags.typeName,
    ],
    ...colour("name"),
  },
  { tag: [tags.function(tags.propertyName)], ...colour("name") },
  { tag: [tags.tagName, tags.angleBracket], ...colour("tag") },
  { tag: [tags.attributeName, tags.propertyName], ...colour("attribute") },
  { tag: [tags.comment, tags.meta], ...colour("comment"), fontStyle: "italic" },
  { tag: tags.invalid, textDecoration: "underline wavy var(--wrong)" },
]);

const look = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    fontSize: "var(--code-size, 0.875rem)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": {
    fontFamily: "var(--face-code)",
    lineHeight: "1.5",
    fontVariantLigatures: "none",
    overflow: "auto",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": {
    color: "var(--faint)",
    backgroundColor: "var(--raised)",
    borderRight: "1px solid var(--hairline)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--ink) 4%, transparent)" },
  ".cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {
      background: "color-mix(in srgb, var(--accent) 24%, transparent)",
    },
  ".cm-selectionMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark)", outline: "1px solid var(--edge)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--edge)",
  },
  ".cm-panels, .cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    fontFamily: "var(--face)",
  },
  ".cm-panels.cm-panels-top": { border: "0", borderBottom: "1px solid var(--edge)" },
  ".cm-textfield, .cm-button": {
    color: "var(--ink)",
    backgroundImage: "none",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius)",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--face-code)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
  },
  ".cm-tooltip-autocomplete > ul > li": { whiteSpace: "normal" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    minWidth: "min(15rem, 100vw - 1rem)",
    maxWidth: "min(28rem, 100vw - 1rem)",
    maxHeight: "14rem",
  },
  ".cm-sentence": { display: "none", fontFamily: "var(--face)" },
  "li[aria-selected] > .cm-sentence": { display: "block" },
  ".cm-explains": { maxWidth: "min(28rem, 100vw - 1rem)", padding: "4px 8px" },
  ".cm-explains code": { fontFamily: "var(--face-code)", fontWeight: "600" },
  // CodeMirror draws these with data: images, which a strict policy refuses.
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--wrong)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline dotted 2px var(--wrong)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-info": { backgroundImage: "none", borderBottom: "1px dotted var(--soft)" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": {
    content: "normal",
    textAlign: "center",
  },
  ".cm-lint-marker-error::before": { content: "'×'", color: "var(--wrong)", fontWeight: "800" },
  ".cm-lint-marker-warning::before": { content: "'!'", color: "var(--wrong)", fontWeight: "800" },
  ".cm-lint-marker-info::before": { content: "'↳'", color: "var(--soft)" },
  ".cm-diagnostic-error, .cm-diagnostic-warning": { borderLeftColor: "var(--wrong)" },
  ".cm-fault": {
    padding: "2px 8px 2px 12px",
    color: "var(--wrong)",
    backgroundColor: "var(--wrong-wash)",
    borderLeft: "4px solid var(--wrong)",
    fontFamily: "var(--face)",
    fontSize: "var(--size-control)",
    whiteSpace: "pre-wrap",
  },
  ".cm-put": { backgroundColor: "var(--right-wash)", boxShadow: "inset 4px 0 var(--right)" },
  ".cm-differs": { backgroundColor: "var(--right-wash)", boxShadow: "inset 4px 0 var(--right)" },
  ".cm-differs.cm-own": {
    backgroundColor: "var(--wrong-wash)",
    boxShadow: "inset 4px 0 var(--wrong)",
  },
  // By its edge alone: a darker ground would leave comments too little contrast.
  ".cm-differs.cm-chosen": { boxShadow: "inset 6px 0 var(--accent)" },
  ".cm-space": {
    background: "repeating-linear-gradient(-45deg, var(--hairline) 0 1px, transparent 1px 8px)",
  },
});

export const theme = [look, syntaxHighlighting(highlight)];
