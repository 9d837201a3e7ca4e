// What a step changes, made in the learner's files: where its lines are, exactly and once, as the course has it
// (`src/course/step/edit.rs`); else nothing is changed, and it is told why. What is there already stays.

/** An edit is { file, lines }, a line { sign, text }, its sign "-", "+" or " ". */
const side = (edit, without) =>
  edit.lines.filter(({ sign }) => sign !== without).map(({ text }) => text);

const inverse = ({ file, lines }) => ({
  file,
  lines: lines.map(({ sign, text }) => ({ sign: { "-": "+", "+": "-" }[sign] ?? sign, text })),
});

const isNewFile = (edit) => edit.lines.every(({ sign }) => sign === "+");

/**
 * Makes edits in files ({ name: text, or bytes }). Gives { files, places } with the changed files and the places
 * ({ file, line, count, edit }) of what came; or { already } with the place where all of it is, or { refused }: what
 * keeps the first edit that cannot be made from it.
 */
export function makeEdits(files, edits) {
  const changed = { ...files };
  const places = [];
  let already = null;
  for (const edit of edits) {
    const made = makeEdit(changed, edit);
    if (made.refused) return { refused: { ...made.refused, file: edit.file } };
    const place = { file: edit.file, line: made.line, count: made.count, edit };
    if (made.already) {
      already ??= place;
      continue;
    }
    changed[edit.file] = made.text;
    places.push(place);
  }
  return places.length > 0 ? { files: changed, places } : { already };
}

/** The files without these edits, which were made in them; null where their lines were changed since. */
export function takeOut(files, edits) {
  let left = { ...files };
  for (const edit of edits.toReversed()) {
    if (isNewFile(edit)) {
      if (!makeFile(left[edit.file], side(edit, "-")).already) return null;
      delete left[edit.file];
      continue;
    }
    const made = makeEdits(left, [inverse(edit)]);
    if (made.refused) return null;
    left = made.files ?? left;
  }
  return left;
}

function makeEdit(files, edit) {
  const before = side(edit, "+");
  const after = side(edit, "-");
  const old = Object.hasOwn(files, edit.file) ? files[edit.file] : undefined;
  if (isNewFile(edit)) return makeFile(old, after);
  if (old === undefined) return { refused: { why: "missing" } };
  if (typeof old !== "string") return { refused: { why: "no-text" } };
  // The editor writes line feeds; what came from elsewhere keeps its own.
  const end = old.includes("\r\n") ? "\r\n" : "\n";
  const lines = old.split(end);
  const places = placesOf(lines, before);
  const there = after.length > 0 ? placesOf(lines, after) : [];
  if (isThere(places, there, before, after))
    return { already: true, line: there[0] + 1, count: after.length };
  if (places.length === 1) {
    const [at] = places;
    const text = [...lines.slice(0, at), ...after, ...lines.slice(at + before.length)].join(end);
    const first = edit.lines.findIndex(({ sign }) => sign !== " ");
    const count = edit.lines.filter(({ sign }) => sign === "+").length;
    return { text, line: at + first + 1, count };
  }
  if (places.length > 1) return { refused: { why: "several" } };
  const line = before.find((text) => !lines.includes(text)) ?? null;
  return { refused: { why: "changed", line } };
}

// Where lines only come, those around them are there before and after: then what came decides.
function isThere(places, there, before, after) {
  if (there.length === 0) return false;
  if (places.length === 0) return true;
  const overlaps = (a, b) => a < b + after.length && b < a + before.length;
  const onlyAdds = placesOf(after, before).length > 0;
  return onlyAdds && there.some((b) => places.some((a) => overlaps(a, b)));
}

function makeFile(old, after) {
  const text = `${after.join("\n")}\n`;
  if (old === undefined) return { text, line: 1, count: after.length };
  const isSame = typeof old === "string" && old.trimEnd() === text.trimEnd();
  return isSame
    ? { already: true, line: 1, count: after.length }
    : { refused: { why: "file-there" } };
}

// Where these lines stand in a row.
function placesOf(lines, wanted) {
  const places = [];
  for (let at = 0; at + wanted.length <= lines.length; at += 1)
    if (wanted.every((text, line) => lines[at + line] === text)) places.push(at);
  return places;
}
