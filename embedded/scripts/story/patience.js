// How long a story waits for what it expects: until nothing has happened for a while, neither on the wire nor
// in the page, since a page at rest has answered; where streams tick, until only they have
// for a while and what is looked at stays as it is; where there is always something, for some seconds. While the
// server is at something it is waited for: a loop of it is ended soon, which is then what there is to say.
// So a check that fails says so soon.

import { openClock } from "./clock.js";
import { lag, quietOnStage } from "./link.js";
import { Miss } from "./miss.js";

// However much happens, a wait takes no more of the check's time, nor longer.
const PART = 0.4;
const MOST_MS = 5000;
// Lines that were cut come back after some seconds, later each time.
const MOST_DISTURBED_MS = 10_000;
// Longer than what pages and servers let pass by themselves before they ask or show something.
const QUIET_MS = 3000;
// Where no timer is due and no line comes back: an answer's way, and its drawing.
const STILL_MS = 1000;
// Where only streams tick, and what is looked at stays as it is: longer than between two of their ticks.
const TICKING_MS = 3000;
const INTERVAL_MS = 50;
// However late it is, something is looked for so often.
const LEAST_LOOKS = 5;
// A page answers within some milliseconds. Where it takes longer, on a busy machine, all else does: so many times as
// long is waited beside these times.
const LAG_MORE = 10;
// Before the page ends the story, which would leave nothing to say.
const RESERVE_MS = 300;

// `state.isDisturbed` says that the story has the server stop, cut lines or answer late: what comes after it
// comes by itself, out of the quiet, unless nothing is to come.
export function openPatience(seconds, state) {
  const clock = openClock();
  const end = seconds * 1000 - RESERVE_MS;

  // Whether it is time to give up, asked after each look with what was seen, in a text.
  const begin = () => {
    const began = clock.now();
    const { isDisturbed } = state;
    const most = Math.min(seconds * 1000 * PART, isDisturbed ? MOST_DISTURBED_MS : MOST_MS);
    let looks = 0;
    let seenLast = null;
    let changed = began;
    const isQuiet = (more) => {
      const { since, sinceDeed, isStill, isOver } = quietOnStage();
      const waited = clock.now() - began;
      if (isDisturbed && !isOver) return false;
      if (since < STILL_MS) {
        const unchanged = clock.now() - changed;
        return !isDisturbed && Math.min(sinceDeed, unchanged) > more + TICKING_MS;
      }
      return Math.min(since, waited) > more + (isStill && !isDisturbed ? STILL_MS : QUIET_MS);
    };
    return (seen) => {
      looks += 1;
      if (seen !== seenLast) changed = clock.now();
      seenLast = seen;
      if (quietOnStage().isAtWork) return clock.now() > end;
      const more = Math.min(lag() * LAG_MORE, MOST_MS);
      const isLate = clock.now() > Math.min(end, began + most + more);
      return looks >= LEAST_LOOKS && (isLate || isQuiet(more));
    };
  };

  // Waits until `look` gives something for which `isMet` holds; at the end, `found` says what there is.
  const until = async (look, isMet, expected, found, place) => {
    const isOver = begin();
    for (;;) {
      const seen = await look();
      if (isMet(seen)) return seen;
      if (isOver(JSON.stringify(seen))) throw new Miss(expected, found(seen), place?.(seen));
      await pause(INTERVAL_MS);
    }
  };

  // Testing Library's waitFor: until the function no longer throws; its last fault is the story's.
  const waitFor = async (attempt) => {
    const isOver = begin();
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (isOver(JSON.stringify(error?.evidence) ?? `${error}`)) throw error;
      }
      await pause(INTERVAL_MS);
    }
  };

  return { begin, until, waitFor };
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
