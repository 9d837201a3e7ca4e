// The project as it was before it was replaced as a whole, kept in this browser until it is brought back
// or dismissed, so that no Reset and no choice between versions loses a line.

import { quietly } from "./keep.js";
import { offerUndo } from "./notice.js";

export function openAside(work, project) {
  const key = `hxlab.aside.${work}`;
  const forget = () => quietly(() => localStorage.removeItem(key));

  let line = null;

  // What is kept for the next visit is the newest, so only that is offered.
  const offer = ({ words, label, files }) => {
    const restore = () => {
      forget();
      project.replaceAll(files);
    };
    line?.remove();
    line = offerUndo(words, restore, { label, forget });
  };

  // Puts `files` in the project's place and offers the way back.
  const replace = (files, words, label) => {
    const entry = { words, label, files: project.files };
    quietly(() => localStorage.setItem(key, JSON.stringify(entry)));
    project.replaceAll(files);
    offer(entry);
  };

  const entry = quietly(() => JSON.parse(localStorage.getItem(key)));
  if (entry?.files) offer(entry);
  return { replace };
}
