// Says that the code is not running yet, as soon as it differs from what runs, and no longer once it is the same.
//
// What runs is known as a digest of its files, kept in this browser with the Run's number and time: so the Run is
// known again after a reload and in another tab, and its version. Of a Run that somebody else started nothing is said.

import { digest } from "./digest.js";
import { quietly } from "./keep.js";
import { part } from "./parts.js";

const SOON_MS = 100;

export function showStale({ run, project, draft, work }) {
  const place = `hxlab.running.${work}`;
  // The Run that is up, and the digest and version of its files where we know them.
  let up = null;
  let running = null;
  let version = null;
  // The last one that was started here. Its answer and the feed tell of it in either order.
  let ours = { run: null, digest: null, version: null };
  let isAsleep = false;
  let timer = null;

  const draw = () => {
    timer = null;
    const isKnown = up !== null && running !== null;
    part("stale").hidden = !isKnown || running === digest(project.files);
  };
  const kept = () => quietly(() => JSON.parse(localStorage.getItem(place))) ?? {};
  const keep = () =>
    quietly(() => localStorage.setItem(place, JSON.stringify({ ...up, digest: running, version })));

  // What wakes by itself is what was saved last.
  const codeOf = ({ run: number, at }) => {
    if (ours.run === number) return ours;
    if (isAsleep && draft.dirty) return {};
    if (isAsleep) return { digest: digest(project.files), version: draft.version };
    const known = kept();
    return known.run === number && known.at === at ? known : {};
  };

  run.addEventListener("status", ({ detail: { state, run: number, at } }) => {
    // The answer to a start has no time: the feed tells of the same Run with it.
    if (state === "starting" || (state === "running" && (!at || up?.run === number))) return;
    up = state === "running" ? { run: number, at } : null;
    if (up) ({ digest: running = null, version = null } = codeOf(up));
    if (up && running !== null) keep();
    isAsleep = state === "asleep";
    draw();
  });
  run.addEventListener("ran", ({ detail: { run: number, files, version: of } }) => {
    ours = { run: number, digest: digest(files), version: of };
    if (up?.run !== number) return;
    ({ digest: running, version } = ours);
    keep();
    draw();
  });
  project.addEventListener("change", () => (timer ??= setTimeout(draw, SOON_MS)));
  // The version that runs, where it is known.
  return { version: () => (up === null ? null : version) };
}
