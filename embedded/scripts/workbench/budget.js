// So many at once, and so many a second from then on; `take` gives how many of them there are left, or with `isWhole` all or
// none. Of what is known only once it is spent, `owe` makes a debt, which at most ten seconds pay.
const LONGEST_S = 10;

export function openBudget(burst, perSecond) {
  let left = burst;
  let at = performance.now();
  const fill = () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - at) / 1000) * perSecond);
    at = now;
  };
  function take(wanted, isWhole = false) {
    fill();
    const room = Math.max(0, Math.floor(left));
    const given = wanted <= room ? wanted : isWhole ? 0 : room;
    left -= given;
    return given;
  }
  take.owe = (spent) => {
    fill();
    left = Math.max(left - spent, -LONGEST_S * perSecond);
  };
  take.isInDebt = () => {
    fill();
    return left < 0;
  };
  return take;
}
