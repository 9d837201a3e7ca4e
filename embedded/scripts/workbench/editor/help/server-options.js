// What may be typed at a place in the server's code: members of what it is given, the parts of the default export,
// headers and modules; as lists of { label, words, insert } (see markup-options.js).

import { treeTo } from "./regions.js";

const TEXTS = ["String", "TemplateString", "LineComment", "BlockComment", "RegExp"];
const CALLBACKS = ["open", "message", "close", "drain"];

const list = (table, change = () => ({})) =>
  Object.entries(table).map(([label, words]) => ({ label, words, ...change(label) }));

/**
 * { from, options, typed, isExpected }, or null; `isExpected` says that nothing else can stand there. `api` is what
 * hxlab:server exports, `files` are the project's names.
 */
export function serverOptions(state, at, { api, names, files }) {
  const node = treeTo(state, at).resolveInner(at, -1);
  if (node.name === "String") return inString(state, node, at, { api, names, files });
  for (let around = node; around; around = around.parent) {
    if (TEXTS.includes(around.name)) return null;
    if (around.name === "Interpolation") break;
  }
  const before = state.sliceDoc(Math.max(0, at - 200), at);
  return membersAt(state, before, at, api) ?? keysAt(state, node, before, at, { api, names });
}

// Strings

function inString(state, node, at, { api, names, files }) {
  const from = node.from + 1;
  const typed = state.sliceDoc(from, at);
  const before = state.sliceDoc(Math.max(0, node.from - 80), node.from);
  if (/\b(?:from|import)\s*\(?\s*$/.test(before)) {
    const own = Object.fromEntries(files.map((file) => [`./${file}`, "A file of this project."]));
    return { from, typed, isExpected: true, options: list({ ...own, ...api.modules }) };
  }
  const asked = { ...names.requestHeaders, ...api.members.askedHeaders };
  const answered = { ...names.responseHeaders, ...api.members.answerHeaders };
  if (/\.headers\??\.(?:get|has)\(\s*$|\breq\.header\(\s*$/.test(before)) {
    return { from, typed, isExpected: true, options: list(asked) };
  }
  if (/\bheaders\.(?:set|append|delete)\(\s*$|\.header\(\s*$/.test(before)) {
    return { from, typed, isExpected: true, options: list(answered) };
  }
  const object = node.parent?.name === "Property" ? node.parent.parent : null;
  const isKey = object && node.parent.firstChild.from === node.from;
  if (isKey && isHeaders(state, object)) return { from, typed, options: list(answered) };
  return null;
}

/** Whether an object is what `headers:` or `new Headers(…)` is given. */
function isHeaders(state, object) {
  const { parent } = object;
  if (parent?.name === "Property") return keyOf(state, parent) === "headers";
  return (
    parent?.name === "ArgList" && /Headers$/.test(state.sliceDoc(parent.from - 7, parent.from))
  );
}

const keyOf = (state, property) => {
  const key = property.firstChild;
  return key ? state.sliceDoc(key.from, key.to).replace(/^async\s+|["']/g, "") : "";
};

// Members

/** What a name stands for, by how servers are written: `fetch(req, server)`, `open(ws)`. */
function kindOf(path, state) {
  const text = () => state.doc.toString();
  if (/(?:^|\.)headers$/.test(path)) return "headers";
  if (/\.cookies$/.test(path)) return "cookies";
  if (["Bun", "Response", "server"].includes(path)) return path;
  if (["ws", "socket"].includes(path)) return "socket";
  if (["req", "request"].includes(path)) return "request";
  if (["res", "response"].includes(path)) return "response";
  if (!/^[\w$]+$/.test(path)) return null;
  const first = new RegExp(
    `\\b(\\w+)\\s*(?::\\s*(?:async\\s*)?)?\\(\\s*${path.replace(/\$/g, "\\$")}\\b`,
    "g",
  );
  const called = [...text().matchAll(first)].map(([, name]) => name);
  if (called.includes("fetch")) return "request";
  return called.some((name) => CALLBACKS.slice(0, 1).includes(name)) ? "socket" : null;
}

/** Whether the code is a page's, whose sockets are others. */
const isInPage = (state) => /\bnew WebSocket\b/.test(state.doc.toString());

function membersAt(state, before, at, { members }) {
  const found = /((?:[\w$]+\??\.)*[\w$]+)\??\.([\w$]*)$/.exec(before);
  if (!found) return null;
  const [, path, typed] = found;
  const kind = kindOf(path.replaceAll("?", ""), state);
  if (!kind || (kind === "socket" && isInPage(state))) return null;
  return { from: at - typed.length, typed, isExpected: true, options: list(members[kind]) };
}

// Keys of an object

function keysAt(state, node, before, at, { api, names }) {
  const found = /(?:^|[{,}\n])\s*(?:async\s+)?([\w$-]*)$/.exec(before);
  if (!found) return null;
  const [, typed] = found;
  const object = objectAround(node, at - typed.length);
  if (!object) return null;
  const from = at - typed.length;
  const kind = kindOfObject(state, object);
  if (kind) {
    const present = keysOf(state, object);
    const options = list(api.members[kind]).filter(
      ({ label }) => label === typed || !present.includes(label),
    );
    return { from, typed, options };
  }
  if (!isHeaders(state, object)) return null;
  const answered = { ...names.responseHeaders, ...api.members.answerHeaders };
  return { from, typed, options: list(answered, (label) => ({ insert: `"${label}": "|"` })) };
}

/** The object in which a key begins at this place. */
function objectAround(node, from) {
  for (let around = node; around; around = around.parent) {
    if (around.name === "ObjectExpression") return around;
    const isPart = ["Property", "PropertyDefinition", "VariableName", "⚠", "{", ","].includes(
      around.name,
    );
    if (!isPart || around.from < from - 10) return null;
  }
  return null;
}

function kindOfObject(state, object) {
  const { parent } = object;
  if (parent?.name === "ExportDeclaration") return "definition";
  if (parent?.name === "ArgList") {
    return /Bun\.serve$/.test(state.sliceDoc(parent.from - 9, parent.from)) ? "definition" : null;
  }
  if (parent?.name === "Property" && keyOf(state, parent) === "websocket") return "websocket";
  const keys = keysOf(state, object);
  const isSocket = CALLBACKS.filter((name) => keys.includes(name)).length > 1;
  return isSocket ? "websocket" : null;
}

const keysOf = (state, object) =>
  object.getChildren("Property").map((property) => keyOf(state, property));
