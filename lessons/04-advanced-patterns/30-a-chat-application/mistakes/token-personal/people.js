// People: a guest is a cookie, and may have a name.
import { html } from "hono/html";
import { hasToken } from "./forgery.js";
import { announce } from "./notifications.js";

// On https, call them __Host-guest and __Host-token and add `secure: true`.
const KEPT = { path: "/", httpOnly: true, sameSite: "lax" };
const TOKEN = crypto.randomUUID();
const names = new Map();
let guests = 0;

/** Who asks. A browser that comes for the first time is given its cookies with the page. */
export function visitor(req) {
  const cookies = new Bun.CookieMap(req.headers.get("Cookie") ?? "");
  if (!cookies.has("guest")) cookies.set("guest", crypto.randomUUID(), KEPT);
  return { guest: cookies.get("guest"), token: TOKEN, cookies: cookies.toSetCookieHeaders() };
}

export function nameOf(guest) {
  if (!names.has(guest)) names.set(guest, `Guest ${++guests}`);
  return names.get(guest);
}

export function nameForm(guest) {
  return html`
    <form id="name" hx-post="/name" hx-swap="outerHTML" autocomplete="off">
      <label>Your name <input name="name" value="${nameOf(guest)}" required maxlength="24" /></label>
      <button>Save</button>
    </form>
  `;
}

export async function rename(req) {
  const { guest, token } = visitor(req);
  if (!hasToken(req, token)) return new Response("Send this from Lobby itself.", { status: 403 });
  const name = String((await req.formData()).get("name") ?? "").trim();
  if (name && name.length <= 24 && name !== nameOf(guest)) {
    announce("notice", html`<li><b>${nameOf(guest)}</b> is now called <b>${name}</b></li>`);
    names.set(guest, name);
  }
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  return new Response(nameForm(guest).toString(), { headers });
}
