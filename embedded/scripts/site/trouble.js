// Says what to do when a request of the page fails; nothing of what was typed is touched.

const OFFLINE = "The server does not answer. What you wrote is still here: try again in a moment.";

/** Says it where the page tells of trouble; an empty text takes it away. */
export function tellTrouble(document, words) {
  const trouble = document.getElementById("trouble");
  if (trouble) trouble.textContent = words;
}

export function reportTrouble(document) {
  const tell = (words) => tellTrouble(document, words);
  // A refused answer comes back as its question, with the reason; the server asks for the swap.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.isError || !detail.xhr.getResponseHeader("HX-Reswap")) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  document.addEventListener("htmx:sendError", () => tell(OFFLINE));
  document.addEventListener("htmx:responseError", ({ detail }) => tell(sentence(detail.xhr)));
  document.addEventListener("htmx:afterSwap", () => tell(""));
}

// The server says in a paragraph of class `fault` what went wrong and what to do.
function sentence(xhr) {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const words = answer.querySelector("p.fault")?.textContent.trim();
  return words || `The server answered with ${xhr.status}. Reload the page and try again.`;
}
