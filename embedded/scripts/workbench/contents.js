// What a file holds, as JSON has it: a text is a string, bytes that are none are { base64 }
// (src/project/contents.rs has the same rules).

import { sizeOf } from "./parts.js";

// Endings of names that stand for text: bytes under such a name are a text in another encoding.
const TEXTS = /\.(js|mjs|cjs|jsx|ts|mts|cts|tsx|json|html|htm|css|txt|md)$/i;

const KINDS = {
  picture: {
    ...{ png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif" },
    ...{ webp: "image/webp", avif: "image/avif", ico: "image/x-icon", bmp: "image/bmp" },
  },
  font: { woff: "font/woff", woff2: "font/woff2", ttf: "font/ttf", otf: "font/otf" },
  sound: { mp3: "audio/mpeg", wav: "audio/wav", ogg: "audio/ogg", m4a: "audio/mp4" },
  video: { mp4: "video/mp4", webm: "video/webm" },
};

export const endingOf = (name) => /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
export const standsForText = (name) => TEXTS.test(name);
export const isText = (contents) => typeof contents === "string";

export const sameContents = (a, b) =>
  a === b || (a?.base64 !== undefined && a.base64 === b?.base64);

/** How many bytes it has. */
export function lengthOf(contents) {
  if (isText(contents)) return new TextEncoder().encode(contents).length;
  const { base64 } = contents;
  return (base64.length / 4) * 3 - (/=*$/.exec(base64)?.[0].length ?? 0);
}

/** What bytes under this name are: { kind, type }. */
export function kindOf(name) {
  for (const [kind, types] of Object.entries(KINDS)) {
    if (Object.hasOwn(types, endingOf(name))) return { kind, type: types[endingOf(name)] };
  }
  return { kind: "no text", type: "application/octet-stream" };
}

/** A text as it is, bytes in words: “picture, 3.1 KiB”. */
export function readable(name, contents) {
  if (contents === undefined || contents === null || isText(contents)) return contents;
  return `${kindOf(name).kind}, ${sizeOf(lengthOf(contents))}`;
}
