// The project as it was before it was replaced as a whole, kept in this browser until it is brought back
// or dismissed, so that no Reset and no choice between versions loses a line. What was typed since is not lost either:
// then it is asked, and the two can be compared.

import { choose } from "./ask.js";
import { digest } from "./digest.js";
import { quietly } from "./keep.js";
import { dismiss, notice, offerUndo } from "./notice.js";
import { make } from "./parts.js";

const SINCE =
  "You have changed your code since then. If you bring the earlier code back, your present code is saved as a version first.";

const REFUSAL = "Nothing was replaced, because what is in the editor could not be saved first.";

export function openAside({ work, project, draft, comparison }) {
  const key = `hxlab.aside.${work}`;
  const forget = () => quietly(() => localStorage.removeItem(key));

  let line = null;

  const bringBack = ({ files }) => {
    forget();
    comparison.close();
    project.replaceAll(files);
  };

  // Replaces what is here as `replace` does, once it is a version; where it cannot be saved, it stays.
  const exchange = async (files, words, label) => {
    if (!(await draft.save()))
      return notice(REFUSAL, "Try again", () => exchange(files, words, label));
    dismiss(REFUSAL);
    comparison.close();
    replace(files, words, label);
    return draft.save();
  };

  const exchangeFor = (entry) => {
    offer(entry);
    return exchange(entry.files, "The earlier code is here again.", "Undo this");
  };

  const compare = (entry) => {
    offer(entry);
    return comparison.show({
      key: "aside",
      title: "Your earlier code",
      other: "your earlier code",
      files: entry.files,
      all: { label: "Bring all of it back", act: () => exchangeFor(entry) },
    });
  };

  const restore = async (entry) => {
    if (entry.put === digest(project.files)) return bringBack(entry);
    const choices = [
      ["compare", "Compare the two"],
      ["back", "Bring the earlier code back"],
    ];
    const answer = await choose(`${entry.label}?`, [make("p", {}, SINCE)], choices);
    if (answer === "compare") return compare(entry);
    if (answer === "back") return exchangeFor(entry);
    return offer(entry);
  };

  // What is kept for the next visit is the newest, so only that is offered.
  const offer = (entry) => {
    line?.remove();
    line = offerUndo(entry.words, () => restore(entry), { label: entry.label, forget });
  };

  // Puts `files` in the project's place and offers the way back.
  const replace = (files, words, label) => {
    const entry = { words, label, files: project.files, put: digest(files) };
    quietly(() => localStorage.setItem(key, JSON.stringify(entry)));
    project.replaceAll(files);
    offer(entry);
  };

  const entry = quietly(() => JSON.parse(localStorage.getItem(key)));
  if (entry?.files) offer(entry);
  return { exchange, replace };
}
