// What is said when a step is put in, or cannot be.

const BY_HAND = "Make the change by hand, or look for the earlier lines in Versions.";

export function refusalWords({ why, file, line }) {
  if (why === "missing")
    return `Nothing is changed: your project has no file ${file}. Add it, or bring it back from Versions.`;
  if (why === "no-text") return `Nothing is changed: ${file} is not a text file any more.`;
  if (why === "file-there")
    return `Nothing is changed: there is a file ${file} already, with another text. Rename yours, or make the change by hand.`;
  if (why === "several")
    return `Nothing is changed: these lines stand in ${file} more than once. Make the change by hand, where it belongs.`;
  if (!line?.trim())
    return `Nothing is changed: these lines do not stand in a row in ${file} any more. ${BY_HAND}`;
  return `Nothing is changed: “${short(line.trim())}” is not in ${file}. It was changed, or a step before this one is still to be done. ${BY_HAND}`;
}

export const alreadyWords = ({ file, line }) =>
  `It is there already: ${file}, line ${line}. Nothing is changed.`;

export function putWords(number, places) {
  const [{ file, line }] = places;
  const others = [...new Set(places.map((place) => place.file))].filter((name) => name !== file);
  const more = others.length > 0 ? `, and in ${others.join(", ")}` : "";
  return `Step ${number} is in ${file}, line ${line}${more}.`;
}

const LONG = 60;

const short = (text) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
