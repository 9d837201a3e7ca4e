// The draft's state in words, beside Run.

import { announce, part, sentence, timeOf } from "./parts.js";

export function showDraft(draft) {
  const box = part("draft-state");
  const words = part("draft-words");
  const settle = part("draft-settle");
  let told = "";

  const show = () => {
    const { state } = draft;
    box.dataset.draftState = state;
    words.textContent = wordsFor(draft);
    box.title = draft.saved ? `Saved at ${timeOf(draft.saved)}` : "";
    settle.hidden = state !== "conflict";
    const problem = ["offline", "delayed", "refused", "conflict"].includes(state)
      ? words.textContent
      : "";
    if (problem && problem !== told) announce(problem);
    if (problem || state === "saved") told = problem;
  };
  draft.addEventListener("state", show);
  show();
}

function wordsFor({ state, sentence: reason, version }) {
  if (state === "saved") return version === 0 ? "Not changed yet" : "Saved";
  if (state === "offline") return "Not saved: offline, kept in this browser";
  if (state === "delayed") return `Kept in this browser until it can be saved: ${sentence(reason)}`;
  if (state === "refused") return `Not saved: ${sentence(reason)}`;
  if (state === "conflict") return "Not saved: changed elsewhere too";
  return "Saving…";
}
