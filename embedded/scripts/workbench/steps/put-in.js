// Puts a step into the learner's code, as one change that can be taken back, and shows the place; or says why not.

import { announce, make } from "../parts.js";
import { notice } from "../notice.js";
import { makeEdits, takeOut } from "./edit.js";
import { alreadyWords, putWords, refusalWords } from "./words.js";

const TAKE_OUT = "Take it out again";
const CHANGED =
  "Nothing is taken out, because these lines were changed since: undo it in the editor.";

const editsOf = (step) =>
  [...step.querySelectorAll("[data-edit]")].map((figure) => ({
    file: figure.dataset.edit,
    lines: [...figure.querySelectorAll("[data-line]")].map((line) => ({
      sign: line.dataset.line,
      text: line.textContent,
    })),
  }));

// Shows words at a step; `say` has them read out as well.
function hint(step, words) {
  const said = step.querySelector("[data-step-said]");
  said.textContent = words;
  said.hidden = false;
}

function say(step, words) {
  hint(step, words);
  announce(words);
}

export function putIn(step, at, { project, show }) {
  const edits = editsOf(step);
  const made = makeEdits(project.files, edits);
  if (made.refused) return say(step, refusalWords(made.refused));
  if (made.already) {
    say(step, alreadyWords(made.already));
    return show(made.already);
  }
  const words = putWords(at + 1, made.places);
  project.replaceAll(made.files);
  show(made.places[0]);
  hint(step, `${words} Now press Run.`);
  const put = edits.filter((edit) => made.places.some(({ edit: it }) => it === edit));
  notice(words, TAKE_OUT, () => {
    const files = takeOut(project.files, put);
    if (files) project.replaceAll(files);
    hint(step, files ? "It is taken out again." : CHANGED);
    announce(files ? "The step is taken out again." : CHANGED);
  });
}

export async function copyLines(step) {
  const lines = editsOf(step).map((edit) => edit.lines.filter(({ sign }) => sign === "+"));
  const text = lines.map((each) => each.map((line) => `${line.text}\n`).join("")).join("\n");
  const isCopied = await copied(text);
  say(
    step,
    isCopied ? "The new lines are copied." : "This browser lets no page copy: select them.",
  );
}

// On plain http browsers offer no clipboard but the selection's.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = make("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return isCopied;
  }
}
