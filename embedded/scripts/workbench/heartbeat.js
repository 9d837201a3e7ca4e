// Whether the page in the preview's frame still answers: a loop without end in its script answers nothing, nor does
// it load anything else. A page that waits at a breakpoint answers later, so silence alone ends nothing.

const EVERY_MS = 1000;
// After so long without an answer, a reload need not be tried.
const LATE_MS = 1500;
export const SILENT_MS = 5000;

export function openHeartbeat({ ping, isExpected, onSilence }) {
  let since = 0;
  let told = false;

  const rest = () => {
    since = 0;
    told = false;
  };
  const silence = () => (since ? Date.now() - since : 0);

  setInterval(() => {
    if (!isExpected()) return rest();
    if (!since) {
      since = Date.now();
      return ping();
    }
    if (!told && silence() >= SILENT_MS) {
      told = true;
      onSilence();
    }
    return undefined;
  }, EVERY_MS);

  return {
    answered: rest,
    rest,
    get isLate() {
      return silence() >= LATE_MS;
    },
  };
}
