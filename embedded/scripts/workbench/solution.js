// The solution, or one's own code that passed the challenge, beside one's code.

import { notice } from "./notice.js";
import { part, sentence } from "./parts.js";

export function offerSolution({ request, address, comparison }) {
  const sources = [
    {
      button: part("solution"),
      key: "solution",
      title: "Solution",
      other: "the solution",
      hides: "Hide solution",
    },
    {
      button: document.querySelector("[data-passed-code]"),
      key: "passed",
      title: "Your code that passed",
      other: "the code that passed",
      hides: "Hide the code that passed",
    },
  ].filter(({ button }) => button);

  // That it could not be read.
  let told = null;

  const toggle = async (source) => {
    if (comparison.shown() === source.key) return comparison.close();
    if (!source.files) {
      const { ok, answer } = await request("GET", `${address}/${source.key}`);
      told?.remove();
      if (!ok) return (told = notice(sentence(answer.error), "Try again", () => toggle(source)));
      source.files = answer.files;
    }
    return comparison.show({ ...source, all: null });
  };

  for (const source of sources) {
    source.shows = source.button.textContent;
    source.button.addEventListener("click", () => toggle(source));
  }
  comparison.addEventListener("shown", () => {
    for (const { button, key, shows, hides } of sources) {
      const isShown = comparison.shown() === key;
      button.setAttribute("aria-pressed", `${isShown}`);
      button.textContent = isShown ? hides : shows;
    }
  });
}
