// Time as a check counts it: in ticks. A tick that comes late counts as one all the same, so that on a
// machine with too much to do, or in a tab out of sight, a check has more time: at most five times as much.

const TICK_MS = 100;
const STRETCH = 5;

export function openClock() {
  const began = performance.now();
  const alarms = new Set();
  let ticks = 0;

  const now = () => Math.max(ticks * TICK_MS, (performance.now() - began) / STRETCH);
  const timer = setInterval(() => {
    ticks += 1;
    for (const alarm of alarms) {
      if (now() < alarm.at) continue;
      alarms.delete(alarm);
      alarm.ring();
    }
  }, TICK_MS);

  return {
    // Milliseconds since it was opened.
    now,
    // Rings once after so long; gives what takes it back.
    after(milliseconds, ring) {
      const alarm = { at: now() + milliseconds, ring };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    stop() {
      clearInterval(timer);
      alarms.clear();
    },
  };
}
