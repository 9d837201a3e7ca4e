// The first script of a page that somebody opens from outside the lesson, where the site's operator wants reports: a line
// at the foot of the window that says whose page it is, until it is closed. It lies outside the page's body, in a shadow of
// its own, and touches nothing of the page's.

const own = document.currentScript;
const { site, report } = own.dataset;
own.remove();

const STYLE = `
  :host { all: initial; }
  aside {
    position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box;
    display: flex; flex-wrap: wrap; gap: 0.25em 1em; align-items: center; justify-content: center;
    padding: 0.5em 1em; border-block-start: 1px solid; color-scheme: light dark;
    font: 14px/1.4 system-ui, sans-serif; background: Canvas; color: CanvasText;
  }
  a { color: LinkText; }
  button { font: inherit; }
  @media print { aside { display: none; } }
`;

function element(name, text, properties) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

function show() {
  const host = document.createElement("hxlab-report");
  const aside = element("aside", "", { ariaLabel: "About this page" });
  const close = element("button", "Close", { type: "button", onclick: () => host.remove() });
  aside.append(
    element("span", `A learner of ${site} made this page.`),
    element("a", "Report it", { href: report, target: "_blank", rel: "noreferrer" }),
    close,
  );
  host.attachShadow({ mode: "closed" }).append(element("style", STYLE), aside);
  document.documentElement.append(host);
}

if (window === window.top) {
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}
