// Says it when the page in the preview has added to the browser's history after all, as a frame of another origin in it
// can (preview/entries.js).

const LOOK_MS = 1000;
const ADDED =
  "A frame in your page has added to the browser's history, so Back leaves the lesson only after what the frame has added. " +
  "A frame of `data:`, or with `sandbox`, can only be kept from it by its own code: use location.replace there.";

export function watchEntries(preview) {
  let known = history.length;
  let isTold = false;
  const own = () => (known = history.length);
  for (const type of ["hashchange", "popstate"]) window.addEventListener(type, own);
  preview.addEventListener("opening", () => (isTold = false));
  setInterval(() => {
    const isMore = history.length > known;
    own();
    // Clients of a check have a history of their own making.
    if (!isMore || isTold || !preview.frame() || document.querySelectorAll("iframe").length > 1)
      return;
    isTold = true;
    const line = { at: Date.now(), level: "warn", text: ADDED, frame: null };
    const detail = { entries: [line], left: 0 };
    preview.dispatchEvent(new CustomEvent("console", { detail }));
  }, LOOK_MS);
}
