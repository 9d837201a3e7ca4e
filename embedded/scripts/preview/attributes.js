// Reads the attributes of what is on the page and of what comes: each name is judged once. A page that changes all the
// time is read a part at a time, and costs little.

import { judge } from "../mistakes/attributes.js";
import { EXTENSIONS } from "../mistakes/known.js";
import { mistake } from "../mistakes/sentences.js";
import { htmxVersion } from "./htmx-version.js";

const PAUSE_MS = 200;
// Elements that are read in one go, and roots that wait; beyond these the page is read anew from its top.
const MOST = 3000;
const ROOTS = 300;
const LOOKS = /^(data-)?(hx|ws|sse)-/;
// Where htmx itself looks at nothing.
const IGNORED = {
  2: "[hx-disable], [data-hx-disable]",
  4: "[hx-ignore], [data-hx-ignore]",
};
// What htmx 2 writes on an element by itself.
const MARKS = new Set(["data-hx-revealed"]);
const OWN = new Set(["ws", "sse", "morph", "ignore"]);

export function watchAttributes(report) {
  const told = new Set();
  let roots = new Set();
  let timer = null;

  const tell = (broken, find) => {
    const key = JSON.stringify(broken);
    if (told.has(key) || told.size > MOST) return;
    told.add(key);
    report(mistake(broken, { find, isOnce: true }));
  };

  const read = () => {
    timer = null;
    const version = htmxVersion();
    const these = roots;
    roots = new Set();
    if (!version) return;
    const page = { version, isOpen: hasOthers(), isCompatible: has(/htmx-2-compat/) };
    let left = MOST;
    for (const root of these) {
      if (!root.isConnected || root.closest(IGNORED[version])) continue;
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, (element) =>
        element.matches(IGNORED[version]) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
      );
      for (let each = root; each && left > 0; each = walker.nextNode(), left -= 1)
        readElement(each, page, tell);
    }
  };

  const soon = (root) => {
    if (roots.size > ROOTS) roots = new Set([document.documentElement]);
    else roots.add(root);
    timer ??= setTimeout(read, PAUSE_MS);
  };

  const start = () => {
    soon(document.documentElement);
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof Element) soon(node);
    }).observe(document.documentElement, { childList: true, subtree: true });
  };
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}

function readElement(element, page, tell) {
  const { version } = page;
  for (const written of element.getAttributeNames()) {
    if (!LOOKS.test(written) || MARKS.has(written)) continue;
    const name = written.replace(/^data-/, "");
    const value = element.getAttribute(written);
    // As the code may have it, with its value, and then without.
    const find = [`${written}="${value}"`, `${written}='${value}'`, written].join("\n");
    const broken = judge(name, version, page.isOpen);
    if (broken && !(broken.rule === "version" && page.isCompatible)) tell(broken, find);
    if ((name === "hx-vals" || name === "hx-headers") && !isJson(value, version))
      tell({ rule: "json", name }, find);
    const unready = judgeExtension(element, name, version);
    if (unready) tell(unready, find);
  }
}

function judgeExtension(element, name, version) {
  const all = Object.entries(EXTENSIONS[version]);
  const [extension] = all.find(([, names]) => names.includes(name)) ?? [];
  if (!extension) return null;
  if (version === 2 && !scopeOf(element).includes(extension))
    return { rule: "off", name, extension };
  return isMissing(extension) ? { rule: "missing", name, extension, version } : null;
}

function scopeOf(element) {
  const names = [];
  for (let at = element; at; at = at.parentElement) {
    const list = at.getAttribute("hx-ext") ?? at.getAttribute("data-hx-ext") ?? "";
    names.push(...list.split(",").map((each) => each.trim()));
  }
  return names;
}

const sources = () => [...document.scripts].map((script) => script.getAttribute("src"));
const has = (pattern) => sources().some((source) => source && pattern.test(source));

// Only where every script of the page is known: one of the project's own may bring the extension with it.
const isMissing = (extension) =>
  !has(new RegExp(`(^|[/.-])${extension}([.-]|$)`)) &&
  [...document.scripts].every((script) => {
    const source = script.getAttribute("src");
    return source === null
      ? script.type !== "module" && !script.textContent.includes("Extension")
      : /^\/(lib|\.hxlab)\//.test(source);
  });

const hasOthers = () =>
  [...document.querySelectorAll("[hx-ext], [data-hx-ext]")]
    .flatMap(scopeOf)
    .some((name) => name && !OWN.has(name.split(":")[0]));

function isJson(value, version) {
  const text = value.trim();
  if (text === "" || text === "unset" || /^(js|javascript):/.test(text) || text.includes("{{"))
    return true;
  if (version === 4 && !text.startsWith("{")) return true;
  try {
    JSON.parse(text.startsWith("{") ? text : `{${text}}`);
    return true;
  } catch {
    return false;
  }
}
