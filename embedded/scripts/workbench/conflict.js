// Two versions of one draft: shows both and asks which to keep. The other one is set aside, not lost.

import { choose } from "./ask.js";
import { readable, sameContents } from "./contents.js";
import { make } from "./parts.js";

export async function settleConflict({ draft, project, aside, theirs }) {
  const mine = project.files;
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs.files)])];
  const unlike = names.filter((name) => !sameContents(mine[name], theirs.files[name])).sort();
  const side = (title, text) =>
    make(
      "figure",
      {},
      make("figcaption", {}, title),
      make("pre", { tabindex: 0 }, text ?? "(no such file)"),
    );
  const pairs = unlike.map((name, at) =>
    make(
      "details",
      { open: at === 0 },
      make("summary", {}, make("code", {}, name)),
      make(
        "div",
        { class: "sides" },
        side("Here", readable(name, mine[name])),
        side("Saved elsewhere", readable(name, theirs.files[name])),
      ),
    ),
  );
  const words =
    "Another tab or browser saved this project while you typed here. Nothing is lost: the version that you do not choose can be brought back.";
  const choices = [
    ["mine", "Keep what is here"],
    ["theirs", "Take what was saved elsewhere"],
  ];
  const answer = await choose("Which version goes on?", [make("p", {}, words), ...pairs], choices);
  if (answer === "mine") return draft.settle(theirs.version);
  if (answer !== "theirs") return false;
  aside.replace(theirs.files, "The version from elsewhere is here now.", "Bring mine back");
  draft.adopt(theirs.version, theirs.saved);
  return true;
}
