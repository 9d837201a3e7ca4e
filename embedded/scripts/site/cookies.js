// Says in the playground, before somebody begins a project, that their browser would not keep whose it is.

export function warnOfCookies(document) {
  const tell = () => {
    const words = document.querySelector("[data-no-cookies]");
    if (words) words.hidden = navigator.cookieEnabled;
  };
  tell();
  document.addEventListener("htmx:afterSwap", tell);
}
