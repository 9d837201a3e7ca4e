// Where something stands in the learner's code: the first place of a word, or null.

export function findPlace(project, word) {
  if (!word) return null;
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
