// One line of the table.

/** The median of some times in milliseconds, with the fastest and the slowest. */
export function time(what, times, target = "") {
  const sorted = times.toSorted((a, b) => a - b);
  const shown = (ms) => ms.toFixed(1);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const figure = `${shown(middle)} ms  (${shown(sorted[0])} to ${shown(sorted.at(-1))}, ${sorted.length} times)`;
  return { what, figure, target };
}

/** A number of bytes in units of 1000. */
export function weight(what, bytes, target = "") {
  return { what, figure: `${(bytes / 1000).toFixed(1)} kB`, target };
}
