// The picture of a client's page as a check found it: a frame without scripts, whose styles carry the page's nonce.

import { make } from "./parts.js";

const LONGEST = 300_000;
const LARGEST = 5000;
// So much of the page stands before what is marked.
const BEFORE = 60;

// Whether it is a picture: it comes from a page that may send anything.
export function isPicture({ html, css, ...sizes }) {
  const isText = (it) => typeof it === "string" && it.length <= LONGEST;
  const isSize = (it) => Number.isFinite(it) && Math.abs(it) <= LARGEST;
  const { width, height, left, top } = sizes;
  return isText(html) && isText(css) && [width, height, left, top].every(isSize);
}

export function pictureOf({ html, css, width, height, left, top }, client) {
  const { nonce } = document.querySelector("[nonce]") ?? {};
  const style = `<style nonce="${nonce ?? ""}">${css.replaceAll("</", "<\\/")}</style>`;
  const frame = make("iframe", {
    sandbox: "",
    tabindex: -1,
    "aria-hidden": "true",
    srcdoc: `<!doctype html>${style}${html}`,
  });
  frame.style.inlineSize = `${width}px`;
  frame.style.blockSize = `${height}px`;
  const label = `${client}'s page as the check found it; what it is about is outlined`;
  const view = make(
    "div",
    { class: "check-picture-view", role: "group", "aria-label": label },
    frame,
  );
  view.tabIndex = 0;
  const figure = make("figure", { class: "check-picture" }, view);
  figure.append(make("figcaption", {}, `${client}'s page when it was checked`));
  const show = () => {
    const scale = frame.getBoundingClientRect().height / height;
    view.scrollTo((left - BEFORE) * scale, (top - BEFORE) * scale);
  };
  return { figure, show };
}
