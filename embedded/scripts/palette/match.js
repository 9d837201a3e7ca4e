// Finds entries by words, with forgiving spelling: the beginning or a part of a word is enough, and a longer word may
// have a letter or two too many, too few, wrong or exchanged. An entry has a `title` and may have a `context`, words that
// count for less, and `names` of code, which do too; the one by which it was found is its `by`.

import { distance } from "../mistakes/nearest.js";

// What a word is worth by how it matches, and what it loses in the context.
const WHOLE = 10;
const BEGINNING = 8;
const PART = 5;
const MISSPELT = 4;
const MISSPELT_BEGINNING = 3;
const CONTEXT = 0.4;

export function find(entries, words) {
  const asked = wordsOf(words);
  return entries
    .map((entry) => ({ entry, worth: worthOf(entry, asked) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ entry }) => ({ ...entry, by: nameOf(entry, asked) }));
}

function nameOf({ names = [], words: [title] }, asked) {
  const missing = asked.filter((word) => bestOf(word, title) === 0);
  const says = (name) => missing.every((word) => bestOf(word, wordsOf(name)) > 0);
  return missing.length > 0 ? names.find(says) : undefined;
}

// All words have to be found. The more of a title they are, the better.
function worthOf(entry, asked) {
  entry.words ??= [
    wordsOf(entry.title),
    wordsOf([entry.context, ...(entry.names ?? [])].join(" ")),
  ];
  const [title, context] = entry.words;
  let sum = 0;
  for (const word of asked) {
    const best = Math.max(bestOf(word, title), CONTEXT * bestOf(word, context));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / asked.length + asked.length / (1 + title.length);
}

const bestOf = (word, among) => Math.max(0, ...among.map((each) => likeness(word, each)));

function likeness(word, other) {
  if (word === other) return WHOLE;
  if (other.startsWith(word)) return BEGINNING;
  if (word.length > 2 && other.includes(word)) return PART;
  const most = allowed(word);
  if (most === 0) return 0;
  if (distance(word, other) <= most) return MISSPELT;
  return distance(word, other.slice(0, word.length)) <= most ? MISSPELT_BEGINNING : 0;
}

const allowed = ({ length }) => (length < 4 ? 0 : length < 7 ? 1 : 2);

export const wordsOf = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
