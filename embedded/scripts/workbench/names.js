// The rules of a project, with the sentences of the server (src/project.rs), so that a refusal reads the
// same wherever it comes from.

import { isText, lengthOf, standsForText } from "./contents.js";

export const FILE_LIMIT = 256 * 1024;
export const NAME_LIMIT = 64;
const FILES_LIMIT = 64;
const PLAIN = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;

// Why this name is refused for a file, or null. `own` is the file's name so far when it is renamed.
export function refuseName(name, names, own = null) {
  if (!PLAIN.test(name)) {
    return `“${[...name].slice(0, 80).join("")}” cannot be a file name here: use up to 64 letters, digits, “.”, “_” or “-”, without a folder and not starting with a dot`;
  }
  if (name !== own && names.includes(name)) {
    return `“${name}” is there already: choose another name`;
  }
  if (own === null && names.length >= FILES_LIMIT) {
    return "a project holds at most 64 files: remove one first";
  }
  return null;
}

// Why what a file holds is refused under this name, or null.
export function refuseKind(name, contents) {
  return isText(contents) || !standsForText(name)
    ? null
    : `“${name}” would be text, and this file is none: keep the ending of its name`;
}

// Why these files cannot be saved as they are, or null.
export function refuseSize(files) {
  let all = 0;
  for (const [name, contents] of Object.entries(files)) {
    const size = lengthOf(contents);
    const mend = isText(contents) ? "split it into smaller files" : "choose a smaller one";
    if (size > FILE_LIMIT) return `“${name}” is larger than 256 KiB: ${mend}`;
    all += size;
  }
  if (all > 4 * FILE_LIMIT) return "the project is larger than 1 MiB: remove or shorten a file";
  return null;
}
