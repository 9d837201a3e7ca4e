// The sandbox's live feed: "status", "console", "wire", "saved", "faults" and "ticked" events with their JSON as
// detail, and "feed" events that say whether we hear it. EventSource reconnects and resumes by itself; where it gives
// up (the site answered with an error) we open it anew, and "begin" says that all is told once more, "again" that it
// begins to be. After a restart of the site the sandbox has another life, and numbers what it tells from 1 again:
// "renewed" says so instead. A newcomer has
// no sandbox to hear of until the first thing is kept: then somebody calls `start`.

import { part } from "./parts.js";

const AGAIN_MS = 3000;

export function listen(address, isKnown) {
  const feed = new EventTarget();
  let isStarted = false;
  let life = null;
  const tell = (type, detail) => feed.dispatchEvent(new CustomEvent(type, { detail }));

  const open = (isAgain = false) => {
    const source = new EventSource(address);
    for (const type of ["status", "console", "wire", "saved", "faults", "ticked"]) {
      source.addEventListener(type, (event) => {
        const detail = parse(event.data);
        if (detail) tell(type, detail);
      });
    }
    source.addEventListener("life", ({ data }) => {
      const told = parse(data);
      const isRenewed = life !== null && told !== life;
      life = told;
      if (isRenewed) tell("renewed");
      else if (isAgain) tell("again");
    });
    source.addEventListener("open", () => tell("feed", "open"));
    source.addEventListener("error", () => {
      tell("feed", "lost");
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        tell("begin");
        open(true);
      }, AGAIN_MS);
    });
    // Else the feed would hold the page's connection while another page is loaded.
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !isStarted) return;
    tell("begin");
    open(true);
  });
  feed.addEventListener("feed", ({ detail }) => {
    const box = part("feed-state");
    box.dataset.feedState = detail;
    box.textContent = detail === "lost" ? "Reconnecting…" : "";
  });
  const start = () => {
    if (isStarted) return;
    isStarted = true;
    open();
  };
  if (isKnown) start();
  else tell("feed", "waiting");
  return Object.assign(feed, { start });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
