// Questions to the learner, each in a dialog that Escape leaves.

import { bench, make, sentence } from "./parts.js";

// A dialog with buttons, whose `answer` is the value of the one that is pressed, or null.
export function openDialog(title, content, buttons) {
  const heading = make("h2", { id: "bench-ask" }, title);
  const form = make(
    "form",
    { method: "dialog" },
    heading,
    ...content,
    make("p", { class: "ask-buttons" }, ...buttons),
  );
  const dialog = make("dialog", { class: "ask", "aria-labelledby": "bench-ask" }, form);
  bench.append(dialog);
  const before = document.activeElement;
  const answer = new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      done(dialog.returnValue || null);
    });
  });
  dialog.showModal();
  return { dialog, form, answer };
}

const button = (value, label, primary = false) =>
  make("button", { value, class: primary ? "primary" : null }, label);

const cancel = () => make("button", { value: "", formnovalidate: true }, "Cancel");

// Gives the value of the button pressed, or null.
export function choose(title, content, choices) {
  const buttons = choices.map(([value, label], at) => button(value, label, at === 0));
  return openDialog(title, content, [...buttons, cancel()]).answer;
}

// Gives a name that `refuse` has nothing against, or null. A refused one stays in the field.
export async function askName(title, value, yes, refuse) {
  const field = make("input", {
    id: "bench-name",
    value,
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "bench-name-fault",
  });
  const fault = make("p", { id: "bench-name-fault", class: "ask-fault", role: "alert" });
  const content = [make("label", { for: "bench-name" }, "File name"), field, fault];
  const { form, dialog, answer } = openDialog(title, content, [button("yes", yes, true), cancel()]);
  // What is most often written anew: the name in its folder, without the ending.
  const start = value.lastIndexOf("/") + 1;
  const dot = value.lastIndexOf(".");
  field.setSelectionRange(start, dot > start ? dot : value.length);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "yes") return;
    const reason = refuse(field.value.trim());
    if (!reason) return;
    event.preventDefault();
    fault.textContent = sentence(reason);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  });
  field.focus();
  return (await answer) === "yes" && !dialog.open ? field.value.trim() : null;
}
