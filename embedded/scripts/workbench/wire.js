// The wire as the page opens: its list is loaded with the first thing that crosses, or when somebody goes there. Until then,
// what is told and pressed waits for it.

import { announce, part } from "./parts.js";

// Said where the site was restarted; until the list is cleared.
const ANEW =
  "The site was restarted: the wire begins anew here, and so do its numbers and the letters of browsers.";
// As many as the sandbox tells a page that comes later.
const WAITING = 500;

// `noise` are the lesson's patterns; `preview` knows where the sandbox is; `send` sends into it.
export function showWire({ feed, ...given }) {
  const panel = part("wire-list").parentElement;
  const waiting = [];
  let list = null;
  // The number of the preview's page on the wire.
  let page = 0;
  // What the preview's page is asked to sign with, where it was loaded in another life of the sandbox.
  let mark = "";
  let own = "";
  let anew = "";
  let loading = null;

  // Where it does not come, the next thing that crosses asks for it again.
  const load = async () => {
    try {
      const { openWire } = await (loading ??= import("./wire-list.js"));
      list ??= openWire({ ...given, lasting: () => anew });
      list.knowOwn(page, own);
      waiting.splice(0).forEach(list.hear);
    } catch {
      loading = null;
    }
    return list;
  };

  feed.addEventListener("wire", ({ detail }) => {
    if (mark && detail.path?.endsWith(`?sign=${mark}`)) knowOwn(detail.entry, detail.client);
    if (list) return list.hear(detail);
    waiting.push(detail);
    if (waiting.length > WAITING) waiting.shift();
    return load();
  });
  const say = (words) => {
    anew = words;
    part("wire-note").textContent = words;
  };
  // The browser that asked for this is the learner's own; its letter is told where it is known.
  const knowOwn = (number, label = "") => {
    page = number;
    own = label;
    list?.knowOwn(page, own);
  };

  feed.addEventListener("begin", () => {
    waiting.length = 0;
    list?.begin();
  });
  given.preview.addEventListener("location", ({ detail: { entry } }) => knowOwn(entry));
  feed.addEventListener("renewed", () => {
    page = 0;
    waiting.length = 0;
    list?.renew();
    say(ANEW);
    announce(ANEW);
    mark = crypto.randomUUID?.() ?? `${Math.random()}`;
    given.preview.order("sign", { mark });
  });
  part("wire-clear").addEventListener("click", () => say(""));
  panel.addEventListener("click", async ({ target }) => {
    if (list) return;
    const button = target.closest("button");
    if (await load()) button?.click();
    else announce("The wire could not be loaded. Press it again.");
  });
  panel.addEventListener("focusin", () => list ?? load());

  return {
    words: (label) => list?.words(label) ?? label,
    // Lists these entries at the end and goes to the one of this number.
    async show(entries, number) {
      (await load())?.show(entries, number);
    },
  };
}
