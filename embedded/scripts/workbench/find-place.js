// Where something stands in the learner's code: the first place of the first of these words, one a line, or null.

export function findPlace(project, words = "") {
  for (const word of words.split("\n")) {
    const place = word && placeOf(project, word);
    if (place) return place;
  }
  return null;
}

function placeOf(project, word) {
  const pattern = new RegExp(`(?<![\\w-])${RegExp.escape?.(word) ?? escaped(word)}(?![\\w-])`, "i");
  for (const file of project.names) {
    const text = project.text(file);
    const at = text.search(pattern);
    if (at < 0) continue;
    const before = text.slice(0, at).split("\n");
    return { file, line: before.length, column: before.at(-1).length + 1 };
  }
  return null;
}

const escaped = (word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
