// How long a story waits for what it expects: until nothing has happened for a while, neither on the wire nor
// in the page, since a page at rest has answered; where there is always something, for a part of the
// check's time. So a check that fails says so soon.

import { openClock } from "./clock.js";
import { quietFor } from "./link.js";
import { Miss } from "./miss.js";

const PART = 0.4;
// Longer than what pages let pass by themselves before they ask or show something.
const QUIET_MS = 3000;
const INTERVAL_MS = 50;
// However late it is, something is looked for so often.
const LEAST_LOOKS = 5;
// Before the page ends the story, which would leave nothing to say.
const RESERVE_MS = 300;

// `state.isDisturbed` says that the story has the server stop, cut lines or answer late: what comes after it
// may come by itself, out of the quiet.
export function openPatience(seconds, state) {
  const clock = openClock();
  const end = seconds * 1000 - RESERVE_MS;

  // Whether it is time to give up, asked after each look.
  const begin = () => {
    const began = clock.now();
    const last = Math.min(end, began + seconds * 1000 * PART);
    const isQuiet = () =>
      !state.isDisturbed && Math.min(quietFor(), clock.now() - began) > QUIET_MS;
    let looks = 0;
    return () => (looks += 1) >= LEAST_LOOKS && (clock.now() > last || isQuiet());
  };

  // Waits until `look` gives something for which `isMet` holds; at the end, `found` says what there is.
  const until = async (look, isMet, expected, found, place) => {
    const isOver = begin();
    for (;;) {
      const seen = await look();
      if (isMet(seen)) return seen;
      if (isOver()) throw new Miss(expected, found(seen), place?.(seen));
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
        if (isOver()) throw error;
      }
      await pause(INTERVAL_MS);
    }
  };

  return { begin, until, waitFor };
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
