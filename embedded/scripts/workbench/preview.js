// The frame that shows the learner's application at its own address, and the messages to and from the
// script injected into its pages (scripts/preview.js). Pages without it (plain text, an image, an error
// of the browser) still go and reload, by replacing the frame's address.

import { make, part } from "./parts.js";

const MARK = "hxlab-preview";
const ALLOWED =
  "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads allow-popups";

export function openPreview(home) {
  const preview = new EventTarget();
  const tell = (type, detail) => preview.dispatchEvent(new CustomEvent(type, { detail }));
  const { origin } = new URL(home);
  const attributes = { title: "Preview of your application", sandbox: ALLOWED };
  let frame = null;
  let url = home;
  // Whether the page in the frame answers, and whether it may keep the history of an earlier visit.
  let answers = false;
  let isFresh = true;

  const order = (type, rest) =>
    frame.contentWindow.postMessage({ from: MARK, type, ...rest }, origin);

  const open = () => {
    frame = make("iframe", attributes);
    frame.addEventListener("load", () => tell("loaded"));
    frame.src = url;
    part("preview-empty").before(frame);
  };

  const replace = (to) => {
    answers = false;
    frame.contentWindow.location.replace(to);
  };

  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const { from, type, ...rest } = event.data ?? {};
    if (from !== MARK) return;
    if (type === "leaving") answers = false;
    if (type === "location") {
      answers = true;
      ({ url } = rest);
      if (isFresh) order("forget");
      isFresh = false;
    }
    tell(type, rest);
  });

  return Object.assign(preview, {
    home,
    back: () => (answers ? order("back") : replace(url)),
    forward: () => answers && order("forward"),
    visit(to) {
      const goal = new URL(to, url).href;
      if (!frame) url = goal;
      else if (answers) order("visit", { url: goal });
      else replace(goal);
    },
    // Loads the page anew where it stands, or opens it for the first time.
    reload() {
      if (!frame) open();
      else if (answers) order("reload");
      else replace(url);
    },
    show: () => frame ?? open(),
  });
}
