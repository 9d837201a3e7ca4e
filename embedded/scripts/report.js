// The first script of a page that somebody opens from outside the lesson, where the site's operator wants reports: a line
// that says whose page it is, until it is closed. It follows the page's body and takes a place of its own there, so that
// the end of the page is never below it; until one has scrolled there it sticks to the window's foot. It lies in a shadow
// of its own and touches nothing of the page's. The gateway remembers that it was closed, by a cookie that no script of
// the page sees, and leaves this script out from then on.

const own = document.currentScript;
const { site, report, close } = own.dataset;
own.remove();
// The page may put others in their places.
const { fetch } = window;

const STYLE = `
  :host {
    all: initial; display: block !important; position: sticky !important; inset-block-end: 0 !important;
    z-index: 2147483647 !important;
  }
  aside {
    box-sizing: border-box; max-inline-size: 100%;
    display: flex; flex-wrap: wrap; gap: 0.25em 1em; align-items: center; justify-content: center;
    padding: 0.25em 1em; border-block-start: 1px solid; color-scheme: light dark;
    font: 14px/1.4 system-ui, sans-serif; background: Canvas; color: CanvasText;
  }
  span { overflow-wrap: anywhere; }
  a { color: LinkText; padding-block: 0.25em; }
  button { font: inherit; min-block-size: 24px; }
  @media print { :host { display: none !important; } }
`;

function element(name, text, properties) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

function show() {
  const host = document.createElement("hxlab-report");
  const aside = element("aside", "", { ariaLabel: "About this page" });
  const whose = element("span", "", { role: "status" });
  const dismiss = () => {
    host.remove();
    // Where it does not arrive, the line comes back.
    fetch(close, { method: "POST", keepalive: true }).catch(() => {});
  };
  aside.append(
    whose,
    element("a", "Report it", { href: report, target: "_blank", rel: "noreferrer" }),
    element("button", "Close", {
      type: "button",
      ariaLabel: "Close this notice",
      onclick: dismiss,
    }),
  );
  host.attachShadow({ mode: "closed" }).append(element("style", STYLE), aside);
  document.documentElement.append(host);
  // Screen readers tell what changes in a status that is there already.
  requestAnimationFrame(() => (whose.textContent = `A learner of ${site} made this page.`));
}

if (window === window.top) {
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}
