// Why something was swapped: who asked and by which attribute, how the place was found, and who said the style.

import { nameOf } from "../name-of.js";
import { holds, nearest, own } from "./inherit.js";

const LONG = 500;

/** A source of what holds: { by, name, value, from }; `from` is the element that passes it on, where it is another one. */
const source = (by, name = "", value = "", from = "") => ({
  by,
  name,
  value: `${value}`.slice(0, LONG),
  from,
});

const written = ({ name, value, carrier }, element) =>
  source("attribute", name, value, carrier === element ? "" : nameOf(carrier));

/** Who asked for a request, and by what: { element, id, by, name, value, from, event, trigger }. */
export function whyAsked(element, verb, { event, isBoosted, isRestore, location }) {
  const asks = { element: nameOf(element), id: element?.id ?? "", event: event?.type ?? "" };
  if (isRestore) return { ...asks, ...source("history") };
  if (location) return { ...asks, ...source("header", "HX-Location", location) };
  const trigger = holdsTrigger(element)?.slice(0, LONG) ?? "";
  const at = attributeOf(element, verb);
  if (at) return { ...asks, ...written(at, element), trigger };
  const boost = isBoosted && nearest(element, ["hx-boost", "hx-boost:inherited"]);
  if (boost) return { ...asks, ...written(boost, element), trigger };
  return { ...asks, ...source("script") };
}

const holdsTrigger = (element) => element && own(element, "hx-trigger")?.value;

function attributeOf(element, verb) {
  if (!(element instanceof Element) || !verb) return undefined;
  return own(element, `hx-${verb.toLowerCase()}`) ?? own(element, "hx-action");
}

/** Who listens to a line, and by which of these attributes. */
export function whyHeard(element, names) {
  const at = nearest(element, names);
  const asks = { element: nameOf(element), id: element?.id ?? "", event: "", trigger: "" };
  return { ...asks, ...(at ? written(at, element) : source("script")) };
}

/** How the place of an answer was found, where neither a script nor a part of the answer said it. */
export function howTargeted(element, { retarget, isBoosted, version }) {
  if (retarget) return source("header", "HX-Retarget", retarget);
  const at = element instanceof Element && holds(element, "hx-target", version);
  if (at) return written(at, element);
  return source(isBoosted ? "boost" : "self");
}

/** The style of a swap with who said it: { style, ...source }. */
export function howSwapped(element, { reswap, isBoosted, version, standard }) {
  const at = element instanceof Element && holds(element, "hx-swap", version);
  const said = reswap ?? (at ? at.value : undefined);
  const style = styleOf(said, version);
  const from = reswap
    ? source("header", "HX-Reswap", reswap)
    : at
      ? written(at, element)
      : source("default");
  return { ...from, style: style ?? (isBoosted && version === 2 ? "innerHTML" : standard) };
}

/** Where an answer with HX-Location sent htmx, and that names no target. */
export const byLocation = () => source("location");

/** Whether the answer that sent htmx here says this of the swap. */
export const isSaidBy = (why, word) =>
  why.by === "header" && new RegExp(`[{,\\s"']${word}["']?\\s*:`).test(why.value);

/** By a part of the answer itself. */
export const byPart = (name, value = "") => source("part", name, value);
export const byScript = () => source("script");
/** By what is set for answers of this status; where there is none, it was a script. */
export const byStatus = (status) => (status ? source("status", `${status}`) : byScript());
export const byConfig = (name) => source("config", name);

const MODIFIER = /^(swap|settle|transition|ignoreTitle|scroll|show|focus-scroll|focusScroll):/;

/** The style in the value of an `hx-swap`, without what modifies it; undefined where it names none. */
export function styleOf(value, version) {
  const [first = ""] = (value ?? "").trim().split(/\s+/);
  const isNone = first === "" || MODIFIER.test(first) || (version === 4 && first.includes(":"));
  return isNone ? undefined : first;
}

/** After how many milliseconds a swap begins, and after how many more it settles, where its `hx-swap` says so. */
export function delayOf(value, word = "swap", otherwise = 0) {
  const pattern = new RegExp(`(?:^|\\s)${word}:([\\d.]+)(ms|s|m)?(?=\\s|$)`);
  const [, number, unit] = pattern.exec(value ?? "") ?? [];
  return number ? Number(number) * ({ s: 1000, m: 60_000 }[unit] ?? 1) : otherwise;
}
