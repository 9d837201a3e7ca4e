// The frame that shows the learner's application at its own address, and the messages to and from the
// script injected into its pages (scripts/preview.js). Pages without it (plain text, an image, an error
// of the browser) still go and reload, by replacing the frame's address. A page that answers no more is thrown away
// with its frame: what it was told would wait for the end of its loop. `home` is null while there is no address yet;
// `unanswered` is that of unanswered.js; the frame stands before the element `place`.

import { openHeartbeat } from "./heartbeat.js";
import { openIntake } from "./intake.js";
import { guardKeyboard } from "./keyboard.js";
import { make, part } from "./parts.js";

const MARK = "hxlab-preview";
// The browser ends a frame's process when the frame is gone, and gives a new frame of that origin the old process
// as long as there is one.
const ENDS_MS = 2000;
const ALLOWED =
  "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads allow-popups";

export function openPreview(
  home,
  unanswered,
  { title = "Preview of your application", place = part("preview-empty") } = {},
) {
  const preview = new EventTarget();
  const tell = (type, detail) => preview.dispatchEvent(new CustomEvent(type, { detail }));
  const attributes = { title, sandbox: ALLOWED };
  let frame = null;
  let url = home;
  let origin = home && new URL(home).origin;
  // Whether the page in the frame answers, and whether it may keep the history of an earlier visit.
  let answers = false;
  let isFresh = true;
  // Where the frame was sent while a page was on its way, which page that was, and so which may arrive instead.
  let detour = null;
  const intake = openIntake((left) => tell("console", { entries: [], left }));

  const order = (type, rest) =>
    frame.contentWindow.postMessage({ from: MARK, type, ...rest }, origin);

  const open = () => {
    if (frame || !url) return false;
    unanswered.begins();
    tell("opening");
    frame = make("iframe", attributes);
    frame.addEventListener("load", () => tell("loaded"));
    frame.src = url;
    place.before(frame);
    return true;
  };

  const replace = (to) => {
    answers = false;
    unanswered.begins();
    frame.contentWindow.location.replace(to);
    detour = to === url ? null : { instead: url, to };
  };

  const heartbeat = openHeartbeat({
    ping: () => order("ping"),
    isExpected: () => frame !== null && answers && intake.isOpen(),
    onSilence: () => tell("silent"),
  });

  const discard = () => {
    frame?.remove();
    frame = null;
    answers = false;
    isFresh = true;
    detour = null;
    heartbeat.rest();
    unanswered.forget();
    tell("discarded");
  };

  const renew = () => {
    discard();
    setTimeout(open, ENDS_MS);
  };

  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const { type, ...rest } = intake.take(event, origin) ?? {};
    if (!type) return;
    heartbeat.answered();
    unanswered.answered();
    if (type === "pong") return;
    if (type === "leaving") {
      answers = false;
      unanswered.begins();
    }
    if (type === "location") {
      answers = true;
      ({ url } = rest);
      if (isFresh) order("forget");
      isFresh = false;
      // A page that arrives at the same moment undoes a replacement of the address.
      if (detour?.instead === url) order("arrive", { url: detour.to });
      detour = null;
    }
    tell(type, rest);
  });

  Object.assign(preview, {
    home,
    // The frame that shows the page, while there is one.
    frame: () => frame,
    back: () => (answers ? order("back") : replace(url)),
    forward: () => answers && order("forward"),
    moveTo(address) {
      if (address === preview.home) return;
      if (frame) discard();
      preview.home = address;
      url = address;
      ({ origin } = new URL(address));
      tell("moved", address);
    },
    visit(to) {
      const goal = new URL(to, url).href;
      if (!frame) url = goal;
      else if (answers) order("visit", { url: goal });
      else replace(goal);
    },
    // Loads the page anew where it stands, or opens it for the first time.
    reload() {
      if (!frame) open();
      else if (heartbeat.isLate) renew();
      else if (answers) order("reload");
      else replace(url);
    },
    // Whether there is a page that can be told.
    order: (type, rest) => answers && (order(type, rest), true),
    // Whether what was to be shown has not come, or answers no more.
    lacksPage: () => !answers || heartbeat.isLate,
    // Whether the page waits to be asked for.
    isHeld: () => unanswered.isHeld,
    // Whether this call opened the page, which is not held back.
    show: () => !unanswered.isHeld && open(),
    // Ends a page that answers no more.
    end: () => heartbeat.isLate && discard(),
    // Ends whatever page is there.
    close: discard,
  });
  guardKeyboard(preview);
  return preview;
}
