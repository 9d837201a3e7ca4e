// What is promised of a site that is attacked, and what of it an attack has broken, in sentences.

/** 99 of 100 pages of honest learners come within so many milliseconds. */
export const PAGE_MS = 500;
/** So many times as much memory as before the attack is left, at most, when it has been over for a while. */
export const MEMORY = 1.2;
/** Where this process itself is so many milliseconds late, a slow page says nothing about the site. */
export const LATE_MS = 100;
/** From fewer pages nothing can be told about one of a hundred. */
export const PAGES = 100;

/**
 * `faults` are broken promises; `unclear` says why nothing can be told. Of an attack: its `name`, how hxlab or the
 * attackers `ended` before their time, whether the attackers did nothing (`isIdle`), the `times` of pages, how `late`
 * this process was, what `failures` there were, what was `lost`, and memory `before` and `after` it in MiB.
 */
export function verdict({ name, ended, isIdle, times, late, failures, lost, before, after }) {
  const faults = [];
  const unclear = [];
  const say = (list, words) => list.push(`${name}: ${words}`);
  if (ended) say(faults, ended);
  if (isIdle) say(unclear, "the attackers did nothing, as the machine left them no time");
  const slow = percentile(times, 0.99);
  if (times.length < PAGES) {
    say(unclear, `only ${times.length} pages were asked for, and p99 needs ${PAGES}`);
  } else if (slow > PAGE_MS && late > LATE_MS) {
    say(
      unclear,
      `pages’ p99 is ${round(slow)} ms, but this process itself was ${round(late)} ms late (p99; more than ` +
        `${LATE_MS} ms): the machine is too busy to tell`,
    );
  } else if (slow > PAGE_MS) {
    say(
      faults,
      `honest pages’ p99 is ${round(slow)} ms, more than ${PAGE_MS} ms (this process itself was ` +
        `${round(late)} ms late)`,
    );
  }
  if (failures.length > 0)
    say(faults, `${failures.length} honest pages or saves failed, none may: ${counted(failures)}`);
  if (lost.length > 0)
    say(faults, `${lost.length} saves that were acknowledged are lost, none may be: ${lost[0]}`);
  if (after > MEMORY * before)
    say(
      faults,
      `memory is ${after} MiB 90 s after it, more than ${MEMORY} × the ${before} MiB before it`,
    );
  return { faults, unclear };
}

export function percentile(times, part) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)] ?? Infinity;
}

const round = (number) => number.toFixed(0);

/** Each kind once, with how often. */
function counted(failures) {
  const counts = new Map();
  for (const words of failures) counts.set(words, (counts.get(words) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${count} × ${words.slice(0, 120)}`).join("; ");
}
