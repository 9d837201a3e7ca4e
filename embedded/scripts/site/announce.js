// Tells a screen reader what a swap has changed: the words that the server put into `data-announce`.
// The status line is on the page from the start, since one that comes with the swap is not read.

export function announceResults(document) {
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const status = document.getElementById("announcer");
    if (status && detail.boosted) return say(status, () => document.title);
    const swapped = document.getElementById(detail.target.id) ?? detail.target;
    const words = swapped.querySelector("[data-announce]")?.dataset.announce;
    if (status && words) say(status, () => words);
  });
}

let timer = null;

// A swap of several pieces is told by several events. The same words twice are no change to a live region, so it is
// emptied first. A boosted page has its title only after the swap, so the words are asked for late.
function say(status, words) {
  status.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => (status.textContent = words()), 50);
}
