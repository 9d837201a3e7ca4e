// Back to the starter, or to the last code whose Run started, after asking; what was there before can be brought back.

import { choose } from "./ask.js";
import { notice } from "./notice.js";
import { make, sentence } from "./parts.js";
import { sameFiles } from "./project.js";
import { timeInWords } from "./version-words.js";

let told = null;

export async function reset(parts) {
  told?.remove();
  const { request, address, project, aside } = parts;
  const [starter, run] = await Promise.all([
    request("GET", `${address}/starter`),
    request("GET", `${address}/good-run`),
  ]);
  const failed = [starter, run].find(({ ok, status }) => !ok && status !== 404);
  if (failed) {
    const words = `Nothing was reset: ${sentence(failed.answer.error)}`;
    told = notice(words, "Try again", () => reset(parts));
    return undefined;
  }
  const isHere = ({ ok, answer }) => ok && sameFiles(answer.files, project.files);
  const choices = [];
  if (starter.ok && !isHere(starter)) choices.push(["starter", "Reset to the starter"]);
  if (run.ok && !isHere(run)) choices.push(["run", "Reset to the last good Run"]);
  const words = [
    starterInWords(starter, isHere(starter)),
    runInWords(run, isHere(run)),
    choices.length > 0 ? "Your files are replaced. You can undo it afterwards." : null,
  ];
  const paragraphs = words.filter(Boolean).map((each) => make("p", {}, each));
  const chosen = await choose("Reset your code?", paragraphs, choices);
  if (chosen === "starter")
    aside.replace(starter.answer.files, "The starter is here again.", "Undo reset");
  if (chosen === "run")
    aside.replace(run.answer.files, "The last good Run's code is here again.", "Undo reset");
  return undefined;
}

// A project of one's own has no starter.
function starterInWords({ ok }, isHere) {
  if (!ok) return null;
  if (isHere) return "Your code is the lesson's starter already.";
  return "The starter is the lesson's files as they were.";
}

function runInWords({ ok, answer }, isHere) {
  if (!ok) return "No Run of your code has started yet.";
  const when = timeInWords(answer.ran, Date.now());
  if (isHere) return `Your code is that of the last good Run (${when}) already.`;
  return `The last good Run is the code whose server started last, ${when}.`;
}
