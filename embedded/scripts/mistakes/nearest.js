// The known name that a misspelt one is nearest to: at most two letters added, left out, changed or exchanged.

const MOST = 2;

export function nearest(name, known) {
  let best = null;
  let least = MOST + 1;
  for (const each of known) {
    if (Math.abs(each.length - name.length) >= least) continue;
    const far = distance(name, each);
    if (far < least) [best, least] = [each, far];
  }
  return best;
}

// How many letters have to be added, left out, changed or exchanged.
export function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + same);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
