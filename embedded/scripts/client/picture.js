// The page as it is now, for the lesson's page to show where a check failed: what is drawn and nothing that acts,
// with the elements marked that the check was about.

import { find } from "./find.js";

const MARK = "data-hxlab-found";
const STYLED = "data-hxlab-style";
const LONGEST = 300_000;
const HIGHEST = 3000;
const WITHOUT =
  "script, noscript, iframe, frame, object, embed, base, meta, link, template, style, " +
  "source, track, video, audio, image";

// { html, css, width, height, left, top }: the last two are where the first of the marked is. Null where it would be
// too large.
export function picture(steps = []) {
  const page = document.documentElement;
  const found = steps.length ? find(steps) : [];
  // In a document that loads and runs nothing: what the copy asked for would stand on the wire.
  const copy = document.implementation.createHTMLDocument().importNode(page, true);
  const originals = [page, ...page.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  const rules = [sheets()];
  originals.forEach((original, at) => {
    freeze(original, copies[at]);
    const style = copies[at].getAttribute("style");
    if (style === null) return;
    // A policy that forbids styles of elements is that of the lesson's page.
    copies[at].removeAttribute("style");
    copies[at].setAttribute(STYLED, at);
    rules.push(`[${STYLED}="${at}"] { ${style} }`);
  });
  for (const element of found) copies[originals.indexOf(element)]?.setAttribute(MARK, "");
  for (const element of copy.querySelectorAll(WITHOUT)) element.remove();
  rules.push(`[${MARK}] { outline: 3px solid #b3261e; outline-offset: 2px; }`);
  const [html, css] = [copy.outerHTML, rules.join("\n")];
  if (html.length + css.length > LONGEST) return null;
  const first = found[0]?.getBoundingClientRect();
  const within = (length) => Math.min(length, HIGHEST);
  const place = first
    ? { left: within(first.left + scrollX), top: within(first.top + scrollY) }
    : { left: 0, top: 0 };
  const height = Math.min(page.scrollHeight, HIGHEST);
  return { html, css, width: innerWidth, height, ...place };
}

// What a copy does not have of itself: what was typed and chosen, and the room of a picture.
function freeze(original, copy) {
  if (original instanceof HTMLImageElement) {
    copy.removeAttribute("src");
    copy.removeAttribute("srcset");
    copy.setAttribute("width", original.clientWidth);
    copy.setAttribute("height", original.clientHeight);
  } else if (original instanceof HTMLTextAreaElement) {
    copy.textContent = original.value;
  } else if (original instanceof HTMLOptionElement) {
    copy.toggleAttribute("selected", original.selected);
  } else if (original instanceof HTMLInputElement) {
    copy.toggleAttribute("checked", original.checked);
    copy.removeAttribute("src");
    if (!["file", "password"].includes(original.type)) copy.setAttribute("value", original.value);
  }
}

// All rules of the page's own styles.
function sheets() {
  const texts = [...document.styleSheets].map((sheet) => {
    try {
      return [...sheet.cssRules].map(({ cssText }) => cssText).join("\n");
    } catch {
      // One of another origin keeps its rules to itself.
      return "";
    }
  });
  return texts.join("\n");
}
