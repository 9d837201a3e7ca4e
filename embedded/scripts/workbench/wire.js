// The wire as the page opens: its list is loaded with the first thing that crosses, or when somebody goes there. Until then,
// what is told and pressed waits for it.

import { announce, part } from "./parts.js";

// As many as the sandbox tells a page that comes later.
const WAITING = 500;

// `noise` are the lesson's patterns; `preview` knows where the sandbox is; `send` sends into it.
export function showWire({ feed, ...given }) {
  const panel = part("wire-list").parentElement;
  const waiting = [];
  let list = null;
  // The number of the preview's page on the wire.
  let page = 0;
  let loading = null;

  // Where it does not come, the next thing that crosses asks for it again.
  const load = async () => {
    try {
      const { openWire } = await (loading ??= import("./wire-list.js"));
      list ??= openWire(given);
      list.knowOwn(page);
      waiting.splice(0).forEach(list.hear);
    } catch {
      loading = null;
    }
    return list;
  };

  feed.addEventListener("wire", ({ detail }) => {
    if (list) return list.hear(detail);
    waiting.push(detail);
    if (waiting.length > WAITING) waiting.shift();
    return load();
  });
  feed.addEventListener("begin", () => {
    waiting.length = 0;
    list?.begin();
  });
  given.preview.addEventListener("location", ({ detail: { entry } }) => {
    page = entry;
    list?.knowOwn(page);
  });
  feed.addEventListener("renewed", () => {
    page = 0;
    waiting.length = 0;
    list?.renew();
  });
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
