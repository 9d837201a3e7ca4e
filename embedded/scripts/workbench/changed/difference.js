// Two lists of lines compared: the longest that they have in common stays, the rest is gone or new.

const AROUND = 2;
// From the first line that differs to the last one: what is beyond is not compared, since that takes the square of it.
const MOST = 400;
const IS_CUT = ["…", "what follows is longer than what is compared"];

/** [mark, text] of each line in order, the mark being "−", "+", " " or "…" for lines left out. */
export function difference(before, after) {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const differing = (lines) => lines.slice(start, lines.length - end);
  const [gone, fresh] = [differing(before), differing(after)];
  const isCut = gone.length > MOST || fresh.length > MOST;
  const stayed = (lines) => lines.map((line) => [" ", line]);
  const lines = folded([
    ...stayed(before.slice(0, start)),
    ...compared(gone.slice(0, MOST), fresh.slice(0, MOST)),
    ...(isCut ? [] : stayed(before.slice(before.length - end))),
  ]);
  return isCut ? [...lines, IS_CUT] : lines;
}

function compared(before, after) {
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const lines = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push([" ", before[i]]);
      i += 1;
      j += 1;
    } else if (
      i < before.length &&
      (j === after.length || common[(i + 1) * width + j] >= common[i * width + j + 1])
    ) {
      lines.push(["−", before[i]]);
      i += 1;
    } else {
      lines.push(["+", after[j]]);
      j += 1;
    }
  }
  return lines;
}

// Far from a change, what stayed is only counted.
function folded(lines) {
  const isNear = (at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(([mark]) => mark !== " ");
  const kept = [];
  let skipped = 0;
  const close = () => {
    if (skipped > 0) kept.push(["…", `${skipped} ${skipped === 1 ? "line" : "lines"} as before`]);
    skipped = 0;
  };
  lines.forEach((line, at) => {
    if (!isNear(at)) return void (skipped += 1);
    close();
    kept.push(line);
  });
  close();
  return kept;
}
