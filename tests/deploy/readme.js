// The README's blocks of code, as they stand.

import { readFile } from "node:fs/promises";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");

/** The one block in this language that has these words. */
export function block(language, words) {
  const blocks = [...readme.matchAll(/^```(\S+)\n(.*?)^```$/gms)]
    .filter(([, name, text]) => name === language && text.includes(words))
    .map(([, , text]) => text);
  if (blocks.length !== 1)
    throw new Error(`README.md has ${blocks.length} blocks of ${language} with “${words}”`);
  return blocks[0];
}
