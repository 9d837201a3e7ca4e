// How long a story waits for what it expects: a part of the check's time for each thing, so that a check
// that fails says so soon.

import { openClock } from "./clock.js";
import { Miss } from "./miss.js";

const PART = 0.4;
const INTERVAL_MS = 50;
// However late it is, something is looked for so often.
const LEAST_LOOKS = 5;
// Before the page ends the story, which would leave nothing to say.
const RESERVE_MS = 300;

export function openPatience(seconds) {
  const clock = openClock();
  const end = seconds * 1000 - RESERVE_MS;

  // Whether it is time to give up, asked after each look.
  const begin = () => {
    const last = Math.min(end, clock.now() + seconds * 1000 * PART);
    let looks = 0;
    return () => (looks += 1) >= LEAST_LOOKS && clock.now() > last;
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
