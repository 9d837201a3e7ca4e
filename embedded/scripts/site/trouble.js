// Says what to do when a request of the page fails; nothing of what was typed is touched.

const OFFLINE = "The server does not answer. What you wrote is still here: try again in a moment.";

export function reportTrouble(document) {
  const tell = (words) => {
    const trouble = document.getElementById("trouble");
    if (trouble) trouble.textContent = words;
  };
  document.addEventListener("htmx:sendError", () => tell(OFFLINE));
  document.addEventListener("htmx:responseError", ({ detail }) => tell(sentence(detail.xhr)));
  document.addEventListener("htmx:afterSwap", () => tell(""));
}

// An error page says in its lede what went wrong and what to do.
function sentence(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const lede = page.querySelector(".fault .lede")?.textContent.trim();
  return lede || `The server answered with ${xhr.status}. Reload the page and try again.`;
}
