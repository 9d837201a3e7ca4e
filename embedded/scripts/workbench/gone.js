// A project that was deleted in another tab or browser: nothing of what is here is saved any more. It is said, and offered
// to be kept as a new project.

import { identity } from "../site/identity.js";
import { offerUndo } from "./notice.js";
import { request } from "./request.js";

const WORDS =
  "This project was deleted in another tab or browser, so what is here is not saved. Keep it as a new project, or bring " +
  "the deleted one back in the playground.";
const FAILED = "It could not be kept: ";

export function watchGone({ address, project, draft, feed, htmx }) {
  if (!address.startsWith("/play/")) return;
  let isTold = false;
  const offer = (words = WORDS) => {
    isTold = true;
    offerUndo(words, keep, { label: "Keep as a new project" });
  };
  const keep = async () => {
    const { at, error } = await newProject(htmx === 4 ? "htmx-4" : "empty", project.files);
    if (!at) return offer(`${FAILED}${error}`);
    draft.keep.clear();
    location.assign(at);
    return undefined;
  };

  draft.addEventListener("gone", () => isTold || offer());
  // Who types nothing hears of it by the feed, which ends with the project.
  feed.addEventListener("begin", async () => {
    const { status } = isTold ? {} : await fetch(address).catch(() => ({}));
    if (status === 404) draft.lose();
  });
}

// A new project with these files: its address, or why there is none.
async function newProject(beginning, files) {
  const body = new URLSearchParams({ beginning });
  const made = await fetch("/play/projects?cookie", {
    method: "POST",
    body,
    headers: identity(),
  }).catch(() => null);
  const page = new DOMParser().parseFromString((await made?.text()) ?? "", "text/html");
  const state = page.getElementById("workbench-state")?.textContent;
  if (!state) {
    return {
      error: page.querySelector("main.fault .lede")?.textContent ?? "the site cannot be reached.",
    };
  }
  const { address, version } = JSON.parse(state);
  const { ok, answer } = await request("PUT", `${address}/draft`, { version, files });
  return ok ? { at: address } : { error: answer.error };
}
