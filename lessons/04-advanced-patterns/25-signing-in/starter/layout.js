// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";
import { accountPart } from "./account.js";
import { chatPart } from "./chat.js";
import { sessionOf } from "./session.js";

// A boosted link and a Back without a snapshot are sent by htmx too, but need the whole page.
export function wantsFragment(req) {
  const has = (name) => req.headers.get(name) === "true";
  return has("HX-Request") && !has("HX-Boosted") && !has("HX-History-Restore-Request");
}

// A page shows who is signed in: no cache may keep it.
const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, { status, headers });

  const session = sessionOf(req);
  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("<!-- account -->", () => accountPart(session).toString())
    .replace("<!-- chat -->", () => chatPart().toString())
    .replace("<!-- page -->", () => content.toString());
  return new Response(whole, { status, headers });
}

export function notFound(req, sentence) {
  const content = html`
    <h2>Not found</h2>
    <p>${sentence} <a href="/catalogue">Look through the catalogue.</a></p>
  `;
  return page(req, { title: "Not found", content, status: 404 });
}
