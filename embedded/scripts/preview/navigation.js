// Sees to it that plain links, forms and scripts that change `location` add no entry to the browser's
// history: each becomes a replacement, and our own stack takes the entry.

import { sendForm } from "./form.js";

/** In the page's own window, or in one of its frames. */
export function watchNavigation(window, history, write) {
  const { navigation, location } = window;
  const isElsewhere = (url) => isAway(url, location);
  // htmx 4 would follow the browser's entries, which are not ours: it falls back to popstate.
  Object.defineProperty(window, "navigation", { value: undefined, configurable: true });

  if (navigation) navigation.addEventListener("navigate", onNavigate);
  else window.addEventListener("click", onClick);

  function onNavigate(event) {
    const { url } = event.destination;
    if (isDownload(event, isElsewhere) || event.navigationType === "traverse") return;
    if (isElsewhere(url)) return refuse(event, url);
    if (event.navigationType === "reload") return history.leaving("replace", url);
    if (event.destination.sameDocument) return follow(event, url);
    if (event.navigationType === "replace") return history.replacing(url);
    history.leaving("push", url);
    if (!event.cancelable) return undefined;
    event.preventDefault();
    return event.formData ? sendForm(event, window, history, write) : location.replace(url);
  }

  function follow(event, url) {
    if (!event.hashChange || event.navigationType !== "push" || !event.cancelable) return;
    event.preventDefault();
    history.jump(url, (to) => location.replace(to), "push");
  }

  function refuse(event, url) {
    if (event.cancelable) event.preventDefault();
    write("warn", `The preview stays at its own address: ${url} was not opened.`);
  }

  // Browsers without the Navigation API: plain links only.
  function onClick(event) {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || event.defaultPrevented || link.hasAttribute("download")) return;
    if (link.target && link.target !== "_self") return;
    if (isElsewhere(link.href)) return refuse(event, link.href);
    event.preventDefault();
    if (link.hash && link.href.split("#")[0] === location.href.split("#")[0]) {
      history.jump(link.href, (to) => location.replace(to), "push");
    } else {
      history.leaving("push", link.href);
      location.replace(link.href);
    }
  }
}

// Firefox tells of a link with `download` twice, the second time as of a plain link.
const isDownload = ({ downloadRequest, destination: { url }, sourceElement: link }, isElsewhere) =>
  downloadRequest !== null || (link?.hasAttribute?.("download") && !isElsewhere(url));

// A frame of `srcdoc` has its page's origin, and an address that has none.
const isAway = (url, { origin }) =>
  /^https?:/.test(url) && new URL(url).origin !== (origin === "null" ? location.origin : origin);
