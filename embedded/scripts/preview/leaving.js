// A page that asks before it is left does not hold the lesson: nobody hears that it is to be left but the script of
// a check's client, by an event of ours. In a tab of its own such a page asks.

export const LEAVING = "hxlab:leaving";

export function leaveAtOnce() {
  const tell = (event) => {
    event.stopImmediatePropagation();
    window.dispatchEvent(new Event(LEAVING));
  };
  window.addEventListener("beforeunload", tell, true);
}
