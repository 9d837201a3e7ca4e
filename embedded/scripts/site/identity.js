// Notices that the browser's cookie is no longer the one of whoever worked here: a page at another port of an
// address, or below a site's name on plain http, can push it out and set another. It can do nothing to what
// this origin has stored, so the learner's mark is kept there and sent with all that changes something.

const KEY = "hxlab.learner";

// For other scripts' requests: what says for whom this page was shown.
export function identity() {
  const mark = stored();
  return mark ? { "HXLAB-Learner": mark } : {};
}

let isNoted = false;

// To be called when something was kept: by the first deed a newcomer becomes a learner, who has a mark.
export async function noteIdentity() {
  if (isNoted || stored()) return;
  const mark = await current();
  if (!mark) return;
  isNoted = true;
  store(mark);
}

export async function watchIdentity(document) {
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    Object.assign(detail.headers, identity());
    detail.path += whose(detail);
  });
  document.addEventListener("htmx:afterRequest", noteIdentity);
  // Here a learner becomes another one on purpose.
  document.addEventListener("submit", ({ target }) => {
    if (/\/(recover|me\/delete)$/.test(new URL(target.action).pathname)) store(null);
  });
  const mark = await current();
  if (mark === undefined) return;
  const before = stored();
  if (!before) store(mark);
  else if (before !== mark && location.pathname !== "/recover") refuse(document, mark);
}

// For whom the page with this form was shown, which stands in the form's own address.
function whose({ elt, path }) {
  const form = elt.closest("form[method=post]");
  return form && !path.includes("?") ? new URL(form.action).search : "";
}

// Nothing on the page can be reached until it is decided who this is.
function refuse(document, mark) {
  const dialog = document.createElement("dialog");
  dialog.className = "stranger";
  dialog.setAttribute("aria-labelledby", "stranger-title");
  dialog.innerHTML = `<h2 id="stranger-title">This browser has become somebody else</h2>
    <p>Its cookie is no longer of the learner who worked here. You may have deleted your cookies, or a page
    of another sandbox has changed them. The work is still there.</p>
    <p><a class="button primary" href="/recover">Use your recovery code</a>
    <button type="button">Go on as who the cookie says</button></p>`;
  // Escape decides nothing.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.showModal());
  dialog.querySelector("button").addEventListener("click", () => {
    store(mark);
    location.reload();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// The mark of the one whom the cookie names; null for nobody, undefined where the site does not say.
async function current() {
  const response = await fetch("/me/mark").catch(() => null);
  return response?.ok ? (await response.json()).mark : undefined;
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(mark) {
  try {
    if (mark) localStorage.setItem(KEY, mark);
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that stores nothing cannot notice.
  }
}
