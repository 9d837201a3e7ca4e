// A second client beside the preview: a frame at an origin of its own, so with cookies, storage and a history of its
// own, and a name on the wire. It is there until it is closed, and goes along with each Run.

import { announce, part, sentence } from "./parts.js";
import { drawSecond } from "./second-frame.js";

// It is opened by hand, so no earlier visit holds it back.
const AT_ONCE = { isHeld: false, begins() {}, answered() {}, forget() {} };

export function openSecond({ preview: first, run, ask, notice, openPreview, showAddress }) {
  const button = part("second");
  let second = null;
  let isOpen = false;
  let last = { state: "running" };

  const build = ({ name, address }) => {
    const frame = drawSecond(name, close);
    const title = `${name}: your application in a second client`;
    const preview = openPreview(null, AT_ONCE, { title, place: frame.empty });
    showAddress(preview, frame.find);
    preview.moveTo(address);
    const silent = `${name}'s page did not answer for a while: a loop in its script may have no end.`;
    preview.addEventListener("silent", () => notice(silent, `Reload ${name}`, preview.reload));
    // What its page writes is told with what the first one's does, under its name.
    preview.addEventListener("console", ({ detail: { entries, left } }) => {
      const named = entries.map((entry) => ({ ...entry, text: `${name}: ${entry.text}` }));
      first.dispatchEvent(new CustomEvent("console", { detail: { entries: named, left } }));
    });
    return { ...frame, preview, name };
  };

  // Its address may be another one since it was asked last.
  const place = async () => {
    const { ok, answer } = await ask("client");
    if (!ok) return notice(sentence(answer.error), "Try again", toggle);
    second ??= build(answer);
    second.preview.moveTo(answer.address);
    return second;
  };

  const tell = () => {
    const isUp = ["running", "asleep", "starting"].includes(last.state);
    if (!isUp) second.preview.end();
    second.empty.hidden = isUp;
    second.empty.firstElementChild.textContent = isUp ? "" : last.words;
  };

  const open = async () => {
    if (!first.home)
      return notice("Run it first: a second client goes to the same server.", "Run", run.start);
    if (!(await place()) || isOpen) return undefined;
    isOpen = true;
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
    second.preview.close();
    second.show(false);
    button.setAttribute("aria-pressed", "false");
    button.focus();
    announce(`${second.name} is closed.`);
    await ask("client/leave");
  }

  const toggle = () => (isOpen ? close() : open());

  run.addEventListener("status", ({ detail }) => {
    last = detail;
    if (isOpen) tell();
  });
  run.addEventListener("ran", async () => {
    if (isOpen && (await place())) second.preview.reload();
  });
  return { toggle };
}
