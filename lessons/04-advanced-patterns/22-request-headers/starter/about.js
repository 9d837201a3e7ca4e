// The page “About”, and what visitors report of any page.
import { html } from "hono/html";
import { goods } from "./goods.js";
import { page } from "./layout.js";
import { announce } from "./notifications.js";

export function aboutPage(req) {
  const content = html`
    <h2>About Lobby</h2>
    <p>A small shop with ${goods.length} goods, and a room to talk about them.</p>
  `;
  return page(req, { title: "About", content });
}

// One button for all pages. Where it was pressed and what was typed is in the request's headers.
export function report(req) {
  const where = pathOf(req.headers.get("HX-Current-URL"));
  announce("notice", html`<li>Report on <b>${where}</b>: ${typedIn(req)}</li>`);
  return new Response(null, { status: 204 });
}

// Anybody can write any header, so this may be missing, or no address at all.
function pathOf(address) {
  return URL.canParse(address) ? new URL(address).pathname : "an unknown page";
}

// htmx encodes what a header cannot carry, such as Greek, and says so in another header.
function typedIn(req) {
  const typed = req.headers.get("HX-Prompt") ?? "";
  if (!req.headers.has("HX-Prompt-URI-AutoEncoded")) return typed;
  try {
    return decodeURIComponent(typed);
  } catch {
    return typed;
  }
}
