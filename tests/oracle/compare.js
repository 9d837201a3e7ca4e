// Where two accounts of one story differ.

/** `[{ step, at, here, bun }]`, with `at` a path such as `headers.etag`; undefined where it is missing. */
export function unlike(here, bun) {
  const found = [];
  for (let index = 0; index < Math.max(here.length, bun.length); index += 1) {
    const [ours, theirs] = [here[index], bun[index]];
    const step = (ours ?? theirs).name;
    if (ours?.name !== theirs?.name) {
      found.push({ step, at: "step", here: ours?.name, bun: theirs?.name });
      return found;
    }
    const [left, right] = [flat(ours.seen), flat(theirs.seen)];
    for (const at of new Set([...left.keys(), ...right.keys()])) {
      if (left.get(at) !== right.get(at)) {
        found.push({ step, at, here: left.get(at), bun: right.get(at) });
      }
    }
  }
  return found;
}

/** Nested values as a flat map from path to text. */
function flat(value, path = "", into = new Map()) {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      flat(inner, path ? `${path}.${key}` : key, into);
    }
  } else into.set(path, String(value));
  return into;
}

/** Whether an explanation is of this difference in this project. */
export const explains = ({ project, step, at, here, bun }, name, difference) =>
  fits(project, name) &&
  fits(step, difference.step) &&
  fits(at, difference.at) &&
  fits(here, difference.here) &&
  fits(bun, difference.bun);

function fits(wanted, value) {
  if (wanted === undefined) return true;
  if (wanted === null) return value === undefined;
  return wanted instanceof RegExp ? wanted.test(value ?? "") : wanted === value;
}

/** A difference in a line. */
export function sentence({ step, at, here, bun }) {
  const short = (value) => (value === undefined ? "none" : JSON.stringify(value.slice(0, 160)));
  return `${step}: ${at} is ${short(here)} here, ${short(bun)} in Bun`;
}
