// Whether an attribute that looks like htmx's is one: null, or the rule that it breaks with what its sentence needs.

import { attributesOf, EVENTS_2, OTHERS, STILL_TAKEN } from "./known.js";
import { nearest } from "./nearest.js";

const KNOWN = { 2: attributesOf(2), 4: attributesOf(4) };
const LIKE = /^(hx|ws|sse)-/;
const MODIFIERS = /(:inherited)?(:append)?$/;

/**
 * `version` is 2 or 4. With `isOpen`, extensions that nobody knows are there: what is like no known name may be theirs.
 */
export function judge(written, version, isOpen = false) {
  const name = written.toLowerCase().replace(/^data-(?=hx-|ws-|sse-)/, "");
  if (!LIKE.test(name)) return null;
  if (/^hx-on(?!e)/.test(name)) return judgeOn(name, version);
  const bare = name.replace(MODIFIERS, "");
  if (isKnown(version === 4 ? bare : name, version)) return null;
  if (version === 4 && STILL_TAKEN.has(name)) return null;
  const other = version === 2 ? 4 : 2;
  if (isKnown(bare, other) || isKnown(bare, version)) return { rule: "version", name, version };
  const meant = nearest(bare, KNOWN[version]);
  if (!meant && (isOpen || !name.startsWith("hx-"))) return null;
  return { rule: "unknown", name, version, meant };
}

const isKnown = (name, version) =>
  KNOWN[version].has(name) ||
  OTHERS[version].has(name) ||
  (version === 4 && /^hx-(status|live):./.test(name)) ||
  (version === 2 && /^hx-target-([45x*\d]|error)/.test(name));

// The events of htmx 2 that htmx 4 has with colons in the place of hyphens.
const SAME_IN_4 = new Set(
  (
    "before-request after-request before-swap after-swap after-settle config-request response-error " +
    "before-history-update ws-close ws-error sse-close sse-error"
  ).split(" "),
);

function judgeOn(name, version) {
  const event = /^hx-on[:-]+(.+)/.exec(name)?.[1] ?? name.slice(5);
  const right = version === 2 ? /^hx-on[:-]./ : /^hx-on($|:.)/;
  if (!right.test(name)) return { rule: "on", name, version, meant: `hx-on:${event || "click"}` };
  const own = /^hx-on(?::htmx:|::|--|-htmx-|:htmx-)(.+)/.exec(name)?.[1];
  if (!own) return null;
  const known = EVENTS_2.find((each) => each.replaceAll("-", "") === own.replaceAll(/[-:]/g, ""));
  if (version === 2 && known && known !== own)
    return { rule: "event", name, version, meant: `hx-on::${known}` };
  if (version === 4 && known === own && SAME_IN_4.has(own))
    return { rule: "event", name, version, meant: `hx-on::${known.replaceAll("-", ":")}` };
  return null;
}
