// Where htmx 2 puts something and in which style, by what it looks at itself.

import { findTarget } from "../find-target.js";
import { holds } from "../inherit.js";
import {
  byConfig,
  byLocation,
  byScript,
  delayOf,
  howSwapped,
  howTargeted,
  isSaidBy,
} from "../why.js";

const config = () => window.htmx?.config ?? {};
const standard = () => config().defaultSwapStyle ?? "innerHTML";

// { delay, settle }: after how many milliseconds it is swapped, and how many more it takes to settle.
const timesOf = (value) => ({
  delay: delayOf(value, "swap", config().defaultSwapDelay),
  settle: delayOf(value, "settle", config().defaultSettleDelay),
});

/** What holds for the main part of an answer, as far as the page's listeners have come. */
export function aimOfAnswer({ detail, aim, why }, wished) {
  const { xhr, target, boosted, swapOverride } = detail;
  const element = detail.requestConfig?.elt;
  const said = { isBoosted: boosted, version: 2, standard: standard() };
  const reswap = xhr.getResponseHeader("HX-Reswap");
  const how = howSwapped(element, { ...said, reswap: swapOverride ?? reswap ?? undefined });
  const isSent = why.by === "header";
  if (swapOverride && swapOverride !== reswap)
    Object.assign(how, isSaidBy(why, "swap") ? { ...why, style: how.style } : byScript());
  const times = timesOf(swapOverride ?? holds(element, "hx-swap", 2)?.value);
  const retarget = xhr.getResponseHeader("HX-Retarget");
  const isOther = target !== aim;
  const isSet = !retarget && target !== (wished ?? target);
  let found = howTargeted(element, { ...said, retarget });
  if (isSent && found.by === "self") found = byLocation();
  // By HX-Location, or by the script that asked.
  if (detail.etc?.targetOverride && !retarget) found = isSent ? why : byScript();
  if (isOther) found = byScript();
  else if (isSet) found = byConfig("responseHandling");
  return { target, found, how, part: "main", ...times };
}

/** What holds for an event of a stream, seen from the element that hears it. */
export function aimOfEvent(element) {
  const said = { version: 2, standard: standard() };
  const at = holds(element, "hx-target", 2);
  const aim = {
    how: howSwapped(element, said),
    found: howTargeted(element, said),
    ...timesOf(holds(element, "hx-swap", 2)?.value),
    part: "main",
  };
  if (!at) return { ...aim, target: element };
  return { ...aim, target: at.value === "this" ? at.carrier : findTarget(element, at.value) };
}
