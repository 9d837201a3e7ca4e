// Which known word somebody may have meant.

/** The nearest of some words, where no more than a few letters differ; undefined where none is near. */
export function nearest(word, known) {
  const most = word.length < 5 ? 1 : 2;
  let found;
  let least = most + 1;
  for (const each of known) {
    if (Math.abs(each.length - word.length) >= least) continue;
    const far = distance(word.toLowerCase(), each.toLowerCase());
    if (far < least) [found, least] = [each, far];
  }
  return found;
}

/** How many letters have to be added, left out, changed, or swapped with their neighbours. */
function distance(a, b) {
  let [older, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    [older, last] = [last, row];
  }
  return last[b.length];
}
