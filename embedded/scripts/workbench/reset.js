// Back to the starter, after asking; what was there before can be brought back.

import { choose } from "./ask.js";
import { announce, make, part, sentence } from "./parts.js";
import { sameFiles } from "./project.js";

export function offerReset({ request, address, project, aside }) {
  // A project of one's own has no starter.
  part("reset")?.addEventListener("click", async () => {
    const { ok, answer } = await request("GET", `${address}/starter`);
    if (!ok) return announce(sentence(answer.error));
    if (sameFiles(answer.files, project.files)) return announce("This is the starter already.");
    const words = "Your files are replaced by the lesson's starter. You can undo it afterwards.";
    const chosen = await choose(
      "Reset to the starter?",
      [make("p", {}, words)],
      [["reset", "Reset"]],
    );
    if (chosen !== "reset") return undefined;
    return aside.replace(answer.files, "The starter is back.", "Undo reset");
  });
}
