// Puts the editor's help together: what may be typed, what it means, and what cannot be right.

import api from "hxlab:server";
import known from "hxlab:htmx-known";
import { adviceAt } from "../marks.js";
import { adviceFor } from "./advice.js";
import { completions } from "./completions.js";
import { explainCode, explainMarkup } from "./explain.js";
import { Facts } from "./facts.js";
import { typedAtEnd } from "./markup.js";
import { markupOptions } from "./markup-options.js";
import { regionAt, regionsOf } from "./regions.js";
import { serverOptions } from "./server-options.js";
import { tooltips } from "./tooltips.js";
import { underlines } from "./underlines.js";

/** Each version's names are a file of their own, loaded where a page uses that version. */
const NAMES = { 2: () => import("hxlab:htmx-2"), 4: () => import("hxlab:htmx-4") };

const MEND_KEY = /Mac|iP/.test(navigator.platform) ? "Cmd+." : "Ctrl+.";

/** How much may be typed before a list comes by itself. */
const LONGEST_WORD = 60;

export async function openHelp({ project, htmx }) {
  const facts = new Facts(project, htmx);
  const versions = {};
  const fetchNames = async (version) => {
    const { default: names } = await NAMES[version]();
    versions[version] = { version, names, known };
  };
  await fetchNames(facts.version);

  // What another version knows comes when a page turns to it; until then the first is kept to.
  let knowledge = versions[facts.version];
  const listeners = new Set();
  project.addEventListener("change", async () => {
    const { version } = facts;
    if (version !== knowledge.version) {
      if (!versions[version]) await fetchNames(version).catch(() => {});
      knowledge = versions[version] ?? knowledge;
    }
    for (const listener of listeners) listener();
  });
  const onFacts = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const sources = () => ({ api, names: knowledge.names, files: facts.files });
  const optionsAt = (state, at, explicit) => {
    const region = regionAt(state, at);
    return (
      (region && inMarkup(region, at, explicit)) ??
      calm(serverOptions(state, at, sources()), explicit)
    );
  };
  const inMarkup = (region, at, explicit) => {
    const place = typedAtEnd(region.text.slice(0, at - region.from));
    if (!place) return null;
    if (!explicit && place.kind === "name" && place.typed.length < 2) return null;
    const found = markupOptions(place, knowledge, facts);
    return found && { ...found, from: region.from + found.from, quote: region.quote };
  };
  const explainAt = (state, at) => {
    const region = regionAt(state, at);
    return (
      (region && explainMarkup(region, at, knowledge, facts)) ?? explainCode(state, at, sources())
    );
  };
  const adviceOf = (state, tree) =>
    regionsOf(state, tree).flatMap(({ text, from }) => adviceFor(text, from, knowledge, facts));
  const faultAt = (state, at) => {
    const advice = adviceAt(state, at);
    if (!advice) return null;
    const [action] = advice.actions;
    return action ? `${advice.message} ${MEND_KEY}: ${action.name}.` : advice.message;
  };

  return [completions(optionsAt), tooltips(explainAt, faultAt), underlines(adviceOf, onFacts)];
}

/** Keys of an object are offered once something is typed; behind a dot and in a string at once. */
function calm(found, explicit) {
  if (!found || found.typed.length > LONGEST_WORD) return null;
  return explicit || found.typed !== "" || found.isExpected ? found : null;
}
