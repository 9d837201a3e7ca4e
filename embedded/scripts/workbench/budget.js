// So many at once, and so many a second from then on; `take` gives how many of them there are left.
export function openBudget(burst, perSecond) {
  let left = burst;
  let at = performance.now();
  return function take(wanted) {
    const now = performance.now();
    left = Math.min(burst, left + ((now - at) / 1000) * perSecond);
    at = now;
    const given = Math.min(wanted, Math.floor(left));
    left -= given;
    return given;
  };
}
