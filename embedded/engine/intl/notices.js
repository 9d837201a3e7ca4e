// What the console says once, where `Intl` answers otherwise than was asked: a standard fallback says nothing.

import { common } from "./data.js";

const { console } = globalThis;
const { info } = console;
const told = new Set();

function tellOnce(subject, sentence) {
  if (told.has(subject)) return;
  told.add(subject);
  info.call(console, sentence);
}

/** None of the wanted locales is here; the specification lets another answer. */
export function tellAbsent(wanted, answering) {
  const names = wanted.slice(0, 3).map((tag) => `“${tag.slice(0, 60)}”`);
  const languages = common("tags").filter((tag) => !tag.includes("-"));
  tellOnce(
    "languages",
    `Intl has no ${names.join(", ")} here and answers in “${answering}”, as resolvedOptions().locale says. Its languages: ${languages.join(", ")}`,
  );
}

/** Words in writing without spaces between them. */
export const tellUndivided = () =>
  tellOnce(
    "words",
    "Intl.Segmenter has no dictionary here: words in Chinese, Japanese, Thai, Lao, Khmer and Burmese come as single characters",
  );
