// Gathers what arrives and gives it on together: the first at once, what follows at most six times a second. Nobody
// reads faster, and whatever is drawn costs the page a layout.

const FIRST_MS = 16;
const PAUSE_MS = 160;

export function batches(take) {
  let waiting = [];
  let given = -PAUSE_MS;

  const give = () => {
    if (waiting.length === 0) return;
    given = performance.now();
    const batch = waiting;
    waiting = [];
    take(batch);
  };

  return {
    add(item) {
      // A timer rather than an animation frame: it also runs while the tab is hidden.
      if (waiting.length === 0) {
        setTimeout(give, Math.max(FIRST_MS, given + PAUSE_MS - performance.now()));
      }
      waiting.push(item);
    },
    // Gives on at once what waits.
    give,
    clear() {
      waiting = [];
    },
  };
}
