// Switches the theme at once; the server keeps the choice in a cookie, so that the next page comes in
// it from the start. Without this script the form does the same by a page load.

export function switchTheme(document) {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-theme-switch]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    apply(document, form, event.submitter);
    const body = new URLSearchParams(new FormData(form, event.submitter));
    await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  });
}

function apply(document, form, chosen) {
  document.documentElement.dataset.theme = chosen.value;
  const scheme = chosen.value === "auto" ? "light dark" : chosen.value;
  document.querySelector('meta[name="color-scheme"]').content = scheme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}
