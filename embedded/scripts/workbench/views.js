// Narrow screens show one part of a lesson at a time: Read, Code, Preview or Wire.

export function switchViews() {
  const lesson = document.querySelector("main.lesson");
  const bar = document.querySelector("[data-views]");
  if (!lesson || !bar) return;
  const buttons = [...bar.querySelectorAll("button")];
  const left = {};

  const show = (name) => {
    if (name === lesson.dataset.view) return;
    left[lesson.dataset.view] = window.scrollY;
    lesson.dataset.view = name;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", `${button.dataset.viewName === name}`);
    }
    // Where all parts are there at once, the page stays where it is.
    const isNarrow = getComputedStyle(bar).display !== "none";
    if (isNarrow) window.scrollTo({ top: left[name] ?? 0, behavior: "instant" });
    document.dispatchEvent(new Event("workbench:shown"));
  };

  for (const button of buttons) {
    button.addEventListener("click", () => show(button.dataset.viewName));
  }
  // A link to a part of the prose shows the prose, whatever was shown before; one to the workbench its code.
  const followHash = () => location.hash && show(location.hash === "#workbench" ? "code" : "read");
  window.addEventListener("hashchange", followHash);
  document.addEventListener("workbench:view", ({ detail }) => show(detail));
  show(location.hash === "#workbench" ? "code" : "read");
}

// Shows a part from anywhere in the workbench; on a wide screen all parts are there already.
export const showView = (name) =>
  document.dispatchEvent(new CustomEvent("workbench:view", { detail: name }));

export const currentView = () => document.querySelector("main.lesson").dataset.view;

// As in narrow.css.
const wide = window.matchMedia("(width >= 64rem)");

export const isCodeSeen = () => wide.matches || currentView() === "code";

/** Resolves when the code can be seen: at once, or when Code is opened or the screen has become wide. */
export function whenCodeIsSeen() {
  return new Promise((done) => {
    const look = () => isCodeSeen() && done();
    wide.addEventListener("change", look);
    document.addEventListener("workbench:shown", look);
    look();
  });
}
