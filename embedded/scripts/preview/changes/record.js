// What the workbench is told of changes: gathered, and bounded in number and in how much of the page is written out.
//
// A record is { tie, why, swap, none, part }: `tie` names the answer or message on the wire, `why` what asked for it, `swap` is
// one place that was changed, and `none` a word for why nothing was; `part` is what had no place, where the rest may have one.

const GATHER_MS = 100;
// As many in one message as the workbench reads, and in four of them.
const MOST = 50;
const WAITING = 200;
// So many swaps at once are written out, and so many a second; of the others only the target is told.
const BURST = 40;
const PER_SECOND = 20;
// Of so many swaps the elements can be shown in the page.
const SHOWN = 300;
// After these the page is left, and what waits would be lost.
const LEAVES = new Set(["redirect", "refresh"]);

export function openRecords(channel) {
  const shown = new Map();
  const waiting = [];
  let left = BURST;
  let at = performance.now();
  // No other page's numbers mean anything here.
  let number = crypto.getRandomValues(new Uint32Array(1))[0] * 2 ** 16;

  const send = () => {
    const entries = waiting.splice(0, MOST);
    if (entries.length > 0) channel.tell("changes", { entries });
    if (waiting.length > 0) setTimeout(send, GATHER_MS);
  };

  return {
    shown,
    /** Whether one more swap may be written out. */
    hasRoom() {
      const now = performance.now();
      left = Math.min(BURST, left + ((now - at) / 1000) * PER_SECOND);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    tell(record) {
      if (!record.tie || waiting.length === WAITING) return;
      if (waiting.length === 0) setTimeout(send, GATHER_MS);
      waiting.push(record);
      if (LEAVES.has(record.none)) send();
    },
    /** A number by which these elements can be shown; they are not kept for it. */
    remember(elements) {
      number += 1;
      shown.set(
        number,
        elements.map((element) => new WeakRef(element)),
      );
      if (shown.size > SHOWN) shown.delete(shown.keys().next().value);
      return number;
    },
  };
}
