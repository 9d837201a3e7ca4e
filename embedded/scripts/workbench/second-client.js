// A second client beside the preview: a frame at an origin of its own, so with cookies, storage and a history of its
// own, and a name on the wire. It is there until it is closed, and goes along with each Run and each reload of the lesson.

import { quietly } from "./keep.js";
import { announce, part, sentence } from "./parts.js";
import { drawSecond } from "./second-frame.js";

// It is opened by hand, so no earlier visit holds it back.
const AT_ONCE = { isHeld: false, begins() {}, answered() {}, forget() {} };
const RUN_FIRST = "Run it first: a second client goes to the same server.";

// `kept` is where this tab keeps that it is open.
export function openSecond(given) {
  const { preview: first, pages, run, ask, kept } = given;
  const { notice, dismiss, openPreview, showAddress } = given;
  const button = part("second");
  // What this page is called: other tabs may show the same client, which is there until the last one leaves.
  const me = { page: crypto.getRandomValues(new Uint32Array(1))[0] };
  let second = null;
  let isOpen = false;
  let last = given.last;
  // The site hears what is asked in the order of the presses.
  let before = Promise.resolve();

  const inTurn = (path) => (before = before.then(() => ask(path, me)));

  const build = ({ name, address }) => {
    const frame = drawSecond(name, close);
    const title = `${name}: your application in a second client`;
    const preview = openPreview(null, AT_ONCE, { title, place: frame.empty });
    showAddress(preview, frame.find);
    preview.moveTo(address);
    // What its page says is told with what the first one's does, under its name.
    pages.add(preview, name);
    preview.addEventListener("sought", () => frame.choose("second"));
    first.addEventListener("sought", () => isOpen && frame.choose("first"));
    return { ...frame, preview, name };
  };

  // Its address may be another one since it was asked last. Gives whether there is one.
  const place = async () => {
    const { ok, answer } = await inTurn("client");
    if (!ok) {
      notice(sentence(answer.error), "Try again", () => (isOpen ? renew() : open()));
      return false;
    }
    second ??= build(answer);
    second.preview.moveTo(answer.address);
    return true;
  };

  const tell = () => {
    const isUp = ["running", "asleep", "starting"].includes(last.state);
    if (!isUp) second.preview.end();
    second.empty.hidden = isUp;
    second.empty.firstElementChild.textContent = isUp ? "" : last.words;
  };

  const open = async () => {
    if (!first.home) return notice(RUN_FIRST, "Run", run.start);
    if (!(await place()) || isOpen) return undefined;
    isOpen = true;
    quietly(() => sessionStorage.setItem(kept, "open"));
    second.show(true);
    // It has said what it had to say.
    part("preview-hint").hidden = true;
    button.setAttribute("aria-pressed", "true");
    second.preview.show();
    tell();
    return announce(`${second.name}, a second client, is beside the preview.`);
  };

  async function close() {
    isOpen = false;
    quietly(() => sessionStorage.removeItem(kept));
    second.preview.close();
    second.show(false);
    button.setAttribute("aria-pressed", "false");
    button.focus();
    announce(`${second.name} is closed.`);
    await inTurn("client/leave");
  }

  // Loads it again where it is now.
  const renew = async () => {
    if (!isOpen || !(await place())) return;
    if (isOpen) second.preview.reload();
    // It was closed while its address was asked for.
    else await inTurn("client/leave");
  };

  const toggle = () => (isOpen ? close() : open());

  run.addEventListener("asked", () => dismiss(RUN_FIRST));
  run.addEventListener("status", ({ detail }) => {
    last = detail;
    if (isOpen) tell();
  });
  run.addEventListener("ran", renew);
  // A page that goes away has no time to wait; one that comes back out of the browser's memory goes on.
  window.addEventListener("pagehide", () => isOpen && ask("client/leave", me, { keepalive: true }));
  window.addEventListener("pageshow", ({ persisted }) => persisted && renew());
  return { toggle, open };
}
