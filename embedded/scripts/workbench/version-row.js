// A version in the list: when it was saved, its name, what it passed, and what can be done with it.

import { make, sentence, timeOf } from "./parts.js";
import { agoInWords, passedInWords, timeInWords } from "./version-words.js";

const NAME_LIMIT = 60;

export function versionRow(each, { isHere, isRunning, now, compare, rename }) {
  const when = timeInWords(each.saved, now);
  const tags = [
    isHere ? "In the editor" : null,
    isRunning ? "Running" : null,
    !isRunning && each.ran ? `Ran ${timeInWords(each.ran, now)}` : null,
    ...passedInWords(each),
  ].filter(Boolean);
  const button = (words, label, act) => {
    const made = make("button", { type: "button", "aria-label": `${label} ${when}` }, words);
    made.dataset.act = words;
    made.addEventListener("click", act);
    return made;
  };
  const row = make(
    "li",
    { class: "version", "data-version": each.version },
    make(
      "p",
      { class: "version-when" },
      make("strong", {}, timeOf(each.saved)),
      " ",
      make("span", { class: "soft" }, agoInWords(each.saved, now)),
    ),
    each.name ? make("p", { class: "version-name" }, each.name) : null,
    tags.length > 0 ? make("p", { class: "version-tags" }, tags.join(" · ")) : null,
    make(
      "p",
      { class: "version-acts" },
      button("Compare", "Compare the version saved", () => compare(each)),
      button(each.name ? "Rename" : "Name", "Name the version saved", () => ask()),
    ),
  );

  const ask = () => {
    const field = make("input", {
      value: each.name ?? "",
      maxlength: NAME_LIMIT,
      autocomplete: "off",
      "aria-label": `Name of the version saved ${when}. Empty takes it away.`,
    });
    const fault = make("p", { class: "ask-fault", role: "alert" });
    const save = make("button", { type: "button", class: "primary" }, "Save the name");
    const send = async () => {
      const refused = await rename(each, field.value.trim());
      if (refused) fault.textContent = sentence(refused);
    };
    save.addEventListener("click", send);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      send();
    });
    row
      .querySelector(".version-acts")
      .replaceWith(make("p", { class: "version-acts" }, field, save), fault);
    field.focus();
  };
  return row;
}
