// Puts the editor's help together: what may be typed, what it means, and what cannot be right.

import api from "hxlab:server";
import two from "hxlab:htmx-2";
import four from "hxlab:htmx-4";
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

const MEND_KEY = /Mac|iP/.test(navigator.platform) ? "Cmd+." : "Ctrl+.";

/** How much may be typed before a list comes by itself. */
const LONGEST_WORD = 60;

const KNOWLEDGE = {
  2: { version: 2, names: two, known },
  4: { version: 4, names: four, known },
};

/** The extension of the editor that gives help for the files of this project. */
export function openHelp({ project, htmx }) {
  const facts = new Facts(project, htmx);
  const knowledge = () => KNOWLEDGE[facts.version];
  const listeners = new Set();
  project.addEventListener("change", () => {
    for (const listener of listeners) listener();
  });
  const onFacts = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const sources = () => ({ api, names: knowledge().names, files: facts.files });
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
    const found = markupOptions(place, knowledge(), facts);
    return found && { ...found, from: region.from + found.from, quote: region.quote };
  };
  const explainAt = (state, at) => {
    const region = regionAt(state, at);
    return (
      (region && explainMarkup(region, at, knowledge(), facts)) ?? explainCode(state, at, sources())
    );
  };
  const adviceOf = (state, tree) =>
    regionsOf(state, tree).flatMap(({ text, from }) => adviceFor(text, from, knowledge(), facts));
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
