// The rules of a project, with the sentences of the server (src/project.rs and project/file_name.rs), so that a
// refusal reads the same wherever it comes from.

import { isText, lengthOf, standsForText } from "./contents.js";

export const FILE_LIMIT = 256 * 1024;
const FILES_LIMIT = 64;
const NAME_LIMIT = 128;
export const PART_LIMIT = 64;
const DEPTH_LIMIT = 8;
const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;
const ENVIRONMENT = /^\.env(\.(local|development|production))?$/;
const OTHERS_FOLDER = /^hxlab\/|(^|\/)node_modules(\/|$)/;

// Whether Bun reads variables of the environment from a file of this name.
export const isEnvironment = (name) => ENVIRONMENT.test(name);

// A path as people write it, by the name that the file has: without “./” or “/” in front, and with “/” where
// Windows has its own.
export const tidyName = (wish) =>
  wish
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(\.?\/)+/, "");

// Why this name is refused for a file, or null. `own` is the file's name so far when it is renamed.
export function refuseName(name, names, own = null) {
  const others = names.filter((other) => other !== own);
  if (others.includes(name)) return `“${name}” is there already: choose another name`;
  if (own === null && names.length >= FILES_LIMIT) {
    return "a project holds at most 64 files: remove one first";
  }
  return refusePath(name) ?? refusePlace(name, others);
}

function refusePath(name) {
  if (isEnvironment(name)) {
    return `“${name}” is not read here: set its variables in the server's code, such as process.env.KEY ??= "value", to values that may be seen`;
  }
  const refused = `“${[...name].slice(0, NAME_LIMIT + 16).join("")}” cannot be a file name here`;
  const parts = name.split("/");
  const fits = name.length <= NAME_LIMIT && parts.length <= DEPTH_LIMIT;
  if (!fits || !parts.every((part) => PART.test(part))) {
    return `${refused}: use letters, digits, “.”, “_” or “-”, and “/” after a folder; no part may be empty, start with a dot or have more than 64 characters, and 8 parts or 128 characters are the most`;
  }
  if (!OTHERS_FOLDER.test(name)) return null;
  return `${refused}: choose another folder than “hxlab” and “node_modules”, which are not the project's own`;
}

// A file has not the name of a folder.
function refusePlace(name, others) {
  const is = (file, below) => below.startsWith(`${file}/`);
  const other = others.find((each) => is(each, name) || is(name, each));
  if (other === undefined) return null;
  const [file, below] = is(name, other) ? [name, other] : [other, name];
  return `“${file}” cannot be beside “${below}”, which makes it a folder: rename one of them`;
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
