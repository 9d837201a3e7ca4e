// Says that the code is not running yet, as soon as it differs from what runs, and no longer once it is the same.
//
// What runs is known as a digest of its files, kept in this browser with the Run's number and time: so the Run is
// known again after a reload and in another tab. Of a Run that somebody else started nothing is said.

import { quietly } from "./keep.js";
import { part } from "./parts.js";

const SOON_MS = 100;

export function showStale({ run, project, draft, work }) {
  const place = `hxlab.running.${work}`;
  // The Run that is up, and the digest of its files where we know it.
  let up = null;
  let running = null;
  // The last one that was started here. Its answer and the feed tell of it in either order.
  let ours = { run: null, digest: null };
  let isAsleep = false;
  let timer = null;

  const draw = () => {
    timer = null;
    const isKnown = up !== null && running !== null;
    part("stale").hidden = !isKnown || running === digest(project.files);
  };
  const kept = () => quietly(() => JSON.parse(localStorage.getItem(place))) ?? {};
  const keep = () =>
    quietly(() => localStorage.setItem(place, JSON.stringify({ ...up, digest: running })));

  // What wakes by itself is what was saved last.
  const digestOf = ({ run: number, at }) => {
    if (ours.run === number) return ours.digest;
    if (isAsleep) return draft.dirty ? null : digest(project.files);
    const known = kept();
    return known.run === number && known.at === at ? known.digest : null;
  };

  run.addEventListener("status", ({ detail: { state, run: number, at } }) => {
    // The answer to a start has no time: the feed tells of the same Run with it.
    if (state === "starting" || (state === "running" && (!at || up?.run === number))) return;
    up = state === "running" ? { run: number, at } : null;
    if (up) running = digestOf(up);
    if (up && running !== null) keep();
    isAsleep = state === "asleep";
    draw();
  });
  run.addEventListener("ran", ({ detail: { run: number, files } }) => {
    ours = { run: number, digest: digest(files) };
    if (up?.run !== number) return;
    running = ours.digest;
    keep();
    draw();
  });
  project.addEventListener("change", () => (timer ??= setTimeout(draw, SOON_MS)));
}

// Two halves of a hash by multiplication: these are one's own files, and nobody gains by two that are alike.
function digest(files) {
  const text = JSON.stringify(files);
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  return `${(a ^ (b >>> 15)) >>> 0} ${(b ^ (a >>> 13)) >>> 0} ${text.length}`;
}
