// Where htmx 2 puts something and in which style, by what it looks at itself.

import { findTarget } from "../find-target.js";
import { holds } from "../inherit.js";
import { byConfig, byScript, delayOf, howSwapped, howTargeted } from "../why.js";

const standard = () => window.htmx?.config?.defaultSwapStyle ?? "innerHTML";

/** What holds for the main part of an answer, as far as the page's listeners have come. */
export function aimOfAnswer({ detail, aim, why }, wished) {
  const { xhr, target, boosted, swapOverride } = detail;
  const element = detail.requestConfig?.elt;
  const said = { isBoosted: boosted, version: 2, standard: standard() };
  const reswap = xhr.getResponseHeader("HX-Reswap");
  const how = howSwapped(element, { ...said, reswap: swapOverride ?? reswap ?? undefined });
  if (swapOverride && swapOverride !== reswap) Object.assign(how, byScript());
  const delay = delayOf(swapOverride ?? holds(element, "hx-swap", 2)?.value);
  const retarget = xhr.getResponseHeader("HX-Retarget");
  const isOther = target !== aim;
  const isSet = !retarget && target !== (wished ?? target);
  let found = howTargeted(element, { ...said, retarget });
  // By HX-Location, or by the script that asked.
  if (detail.etc?.targetOverride && !retarget) found = why.by === "header" ? why : byScript();
  if (isOther) found = byScript();
  else if (isSet) found = byConfig("responseHandling");
  return { target, found, how, part: "main", delay };
}

/** What holds for an event of a stream, seen from the element that hears it. */
export function aimOfEvent(element) {
  const said = { version: 2, standard: standard() };
  const at = holds(element, "hx-target", 2);
  const aim = {
    how: howSwapped(element, said),
    found: howTargeted(element, said),
    delay: delayOf(holds(element, "hx-swap", 2)?.value),
    part: "main",
  };
  if (!at) return { ...aim, target: element };
  return { ...aim, target: at.value === "this" ? at.carrier : findTarget(element, at.value) };
}
