// Files as the editor holds them, without a page around it.

import { ensureSyntaxTree } from "../../embedded/node_modules/@codemirror/language/dist/index.js";
import { EditorState } from "../../embedded/node_modules/@codemirror/state/dist/index.js";
import { htmxNames, knownAttributes } from "../../embedded/build/htmx-names.mjs";
import { serverApi } from "../../embedded/build/server-api.mjs";
import { languageFor } from "../../embedded/scripts/workbench/editor/languages.js";
import { adviceFor } from "../../embedded/scripts/workbench/editor/help/advice.js";
import {
  explainCode,
  explainMarkup,
} from "../../embedded/scripts/workbench/editor/help/explain.js";
import { Facts } from "../../embedded/scripts/workbench/editor/help/facts.js";
import { typedAtEnd } from "../../embedded/scripts/workbench/editor/help/markup.js";
import { markupOptions } from "../../embedded/scripts/workbench/editor/help/markup-options.js";
import { regionAt, regionsOf } from "../../embedded/scripts/workbench/editor/help/regions.js";
import { serverOptions } from "../../embedded/scripts/workbench/editor/help/server-options.js";

const known = await knownAttributes();
const api = await serverApi();
const KNOWLEDGE = {
  2: { version: 2, names: await htmxNames("2"), known },
  4: { version: 4, names: await htmxNames("4"), known },
};

/** A project that nobody changes. */
const project = (files) => ({
  names: Object.keys(files),
  text: (name) => files[name],
  addEventListener() {},
});

/** A file that has been read to its end. */
export function open(name, doc) {
  const state = EditorState.create({ doc, extensions: [languageFor(name)] });
  return { state, tree: ensureSyntaxTree(state, doc.length, 10_000) };
}

/** What the editor underlines in a file of a project: “text: message → fix”. */
export function underlined(files, name, htmx = 2) {
  const facts = new Facts(project(files), htmx);
  const { state, tree } = open(name, files[name]);
  return regionsOf(state, tree)
    .flatMap(({ text, from }) => adviceFor(text, from, KNOWLEDGE[facts.version], facts))
    .map(({ from, to, message, fix }) => {
      const text = state.sliceDoc(from, to);
      return fix === undefined ? `${text}: ${message}` : `${text}: ${message} → ${fix}`;
    });
}

/** What is offered where `|` stands in a text: labels; null where nothing is. */
export const offered = (name, marked, options) =>
  found(name, marked, options)?.options.map(({ label }) => label) ?? null;

export function found(name, marked, { files = {}, htmx = 2 } = {}) {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const facts = new Facts(project({ ...files, [name]: text }), htmx);
  const { state } = open(name, text);
  const region = regionAt(state, at);
  const place = region && typedAtEnd(region.text.slice(0, at - region.from));
  const inMarkup = place && markupOptions(place, KNOWLEDGE[facts.version], facts);
  if (inMarkup) return { ...inMarkup, from: region.from + inMarkup.from };
  return serverOptions(state, at, { api, names: KNOWLEDGE[htmx].names, files: facts.files });
}

/** What is said of the place of `|`: “title: words”, or null. */
export function explained(name, marked, { htmx = 2 } = {}) {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const facts = new Facts(project({ [name]: text }), htmx);
  const { state } = open(name, text);
  const region = regionAt(state, at);
  const { names } = KNOWLEDGE[htmx];
  const said =
    (region && explainMarkup(region, at, KNOWLEDGE[htmx], facts)) ??
    explainCode(state, at, { api, names, files: facts.files });
  return said && `${said.title}: ${said.words}`;
}
