// Shift+Enter and Ctrl/Cmd+S run, from anywhere but a text field of the lesson.

export function onShortcuts(run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const save =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "s";
    const enter = event.key === "Enter" && event.shiftKey && !isField(event.target);
    if ((!save && !enter) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    run();
  });
}

const isField = (target) => target.closest?.("textarea, input, select, button, a[href]") !== null;
