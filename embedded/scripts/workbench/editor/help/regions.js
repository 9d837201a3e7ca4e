// Where HTML stands in a file: all of an HTML file, and in JavaScript the strings, templates and JSX tags that
// hold some. A region is { from, to, text, quote }; what an expression makes is UNKNOWN in its text, and `quote` is
// the mark around a string.

import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { UNKNOWN } from "./markup.js";

const HOLDS = ["TemplateString", "String", "JSXOpenTag", "JSXSelfClosingTag"];
const EXPRESSIONS = ["Interpolation", "JSXEscape", "JSXSpreadAttribute"];
/** What of an HTML file is none: the trees of scripts and styles, and comments. */
const RAW = ["Script", "StyleSheet", "Comment"];
const TAG = /<[a-zA-Z]/;
const ENDS = { TemplateString: 1, String: 1, JSXOpenTag: 0, JSXSelfClosingTag: 0 };

/** All regions of a file that has been read as far as `tree` goes. */
export function regionsOf(state, tree = syntaxTree(state)) {
  const regions = [];
  if (tree.type.name === "Document") regions.push(wholeOf(state));
  tree.iterate({
    enter(node) {
      if (!HOLDS.includes(node.name)) return;
      const region = regionOf(state, node.node);
      if (TAG.test(region.text)) regions.push(region);
    },
  });
  return regions;
}

/** The innermost region around a place; null where none is. */
export function regionAt(state, at) {
  const tree = treeTo(state, at);
  for (let node = tree.resolveInner(at, -1); node; node = node.parent) {
    if (EXPRESSIONS.includes(node.name)) return null;
    if (tree.type.name === "Document" && RAW.includes(node.name)) return null;
    if (HOLDS.includes(node.name)) return regionOf(state, node);
  }
  return tree.type.name === "Document" ? wholeOf(state) : null;
}

/** How long a key may wait for a file to be read as far as the caret, in milliseconds. */
const READING_MS = 10;

/** The tree of a file as far as a place, or as far as it has been read. */
export const treeTo = (state, at) => ensureSyntaxTree(state, at, READING_MS) ?? syntaxTree(state);

const wholeOf = (state) => ({
  from: 0,
  to: state.doc.length,
  text: state.doc.toString(),
  quote: "",
});

function regionOf(state, node) {
  const [from, to] = [node.from + ENDS[node.name], node.to];
  let text = state.sliceDoc(from, to);
  const cursor = node.cursor();
  const hide = (start, end) => {
    const [head, tail] = [Math.max(0, start - from), Math.min(text.length, end - from)];
    if (tail > head) text = text.slice(0, head) + UNKNOWN.repeat(tail - head) + text.slice(tail);
  };
  if (cursor.firstChild()) {
    do {
      if (EXPRESSIONS.includes(cursor.name)) hide(cursor.from, cursor.to);
      else if (cursor.name === "JSXAttribute") hideEscape(cursor.node, hide);
    } while (cursor.nextSibling());
  }
  // A quote that is escaped ends a value, as it does in the page.
  text = text.replace(/\\(["'`])/g, " $1");
  const quote = node.name === "String" ? state.sliceDoc(node.from, from) : "";
  return { from, to: from + text.length, text, quote };
}

function hideEscape(attribute, hide) {
  for (const escape of attribute.getChildren("JSXEscape")) hide(escape.from, escape.to);
}
