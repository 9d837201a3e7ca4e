// A file from the learner's computer becomes one of the project: a name that a project can have, and its contents.

import { endingOf, standsForText } from "./contents.js";
import { FILE_LIMIT, isEnvironment, PART_LIMIT } from "./names.js";

// The nearest name that a project can have: “Mein Bild (1).PNG” is “Mein-Bild-1.PNG”. One for the environment keeps
// its own, so that it is refused with what to do.
export function plainName(name) {
  if (isEnvironment(name)) return name;
  const ascii = name.normalize("NFKD").replace(/\p{M}/gu, "");
  const plain = ascii
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/-*\.-*/g, ".")
    .replace(/^[.-]+|-+$/g, "");
  const ending = endingOf(plain);
  if (plain.length <= PART_LIMIT) return plain || "file";
  return `${plain.slice(0, PART_LIMIT - 1 - ending.length)}.${ending}`.slice(-PART_LIMIT);
}

// Gives { contents }, or { refused }: a sentence.
export async function takeFile(name, file) {
  if (file.size > FILE_LIMIT) {
    const mend = standsForText(name) ? "split it into smaller files" : "choose a smaller one";
    return { refused: `“${file.name}” is larger than 256 KiB: ${mend}` };
  }
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { refused: `“${file.name}” cannot be read: choose files, not a folder` };
  }
  const text = textOf(bytes);
  if (text !== null && (standsForText(name) || !text.includes("\0"))) return { contents: text };
  if (standsForText(name)) {
    return { refused: `“${file.name}” is not UTF-8 text: save it as UTF-8, or leave it out` };
  }
  return { contents: { base64: base64Of(bytes) } };
}

function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// A call takes only so many arguments.
const PIECE = 0x8000;

function base64Of(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(binary);
}
