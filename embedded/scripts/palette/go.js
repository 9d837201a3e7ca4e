// Does what was chosen in the palette.

export function go({ run, address }) {
  if (run) return run();
  const goal = new URL(address, location.href);
  // Of a place that the address names already the browser makes nothing: it is shown again.
  if (goal.href !== location.href || !goal.hash) return location.assign(goal);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  return document.getElementById(decodeURIComponent(goal.hash.slice(1)))?.scrollIntoView();
}
