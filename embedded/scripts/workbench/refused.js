// A client's page that was not loaded because connections are refused, as the learner has them: the browser shows a page of
// its own in its place, and does not try again. It is said which fault that is and for how long, and when it is over the
// page is loaded.

import { dismiss, notice } from "./notice.js";
import { whosePage } from "./pages.js";

const isPage = ({ request_headers: headers = [] }) =>
  headers.some(([name, value]) => name === "sec-fetch-dest" && value === "iframe");

// `faults` know for how long connections are refused (injected.js).
export function reloadRefused({ feed, pages, run, faults }) {
  // By the client's name, null for the learner's own: its notice.
  const refused = new Map();
  let isAsked = false;

  const wordsOf = (name) => {
    const whose = whosePage(name);
    const page = whose[0].toUpperCase() + whose.slice(1);
    return `${page} did not load: you have requests refused, for ${faults.secondsLeft()} s more. It is loaded again then.`;
  };
  const tell = (name) => {
    forget(name);
    const words = wordsOf(name);
    refused.set(name, words);
    notice(words, name ? `Accept ${name}'s again now` : "Accept again now", faults.end);
  };
  const forget = (name) => {
    dismiss(refused.get(name));
    refused.delete(name);
  };

  feed.addEventListener("wire", ({ detail }) => {
    if (detail.injected !== "refused" || !isPage(detail) || faults.secondsLeft() === 0) return;
    tell(pages.has(detail.client) ? detail.client : null);
  });
  pages.addEventListener("refused", ({ detail: { name } }) => tell(name));
  feed.addEventListener("faults", ({ detail: { refuses } }) => {
    if (refuses) return;
    for (const name of [...refused.keys()]) {
      forget(name);
      const preview = pages.of(name);
      // A Run loads it itself.
      if (!isAsked && preview.frame() && preview.lacksPage()) preview.reload();
    }
  });
  run.addEventListener("asked", () => (isAsked = true));
  for (const type of ["ran", "failed"]) run.addEventListener(type, () => (isAsked = false));
}
