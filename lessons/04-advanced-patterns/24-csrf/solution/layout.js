// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";
import { accountPart } from "./account.js";
import { advertisement } from "./mallory.js";
import { cookieOf, sessionOf, startSession } from "./session.js";

// A boosted link and a Back without a snapshot are sent by htmx too, but need the whole page.
function wantsFragment(req) {
  const has = (name) => req.headers.get(name) === "true";
  return has("HX-Request") && !has("HX-Boosted") && !has("HX-History-Restore-Request");
}

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  Vary: "HX-Request, HX-Boosted, HX-History-Restore-Request",
  // The page shows what is one person's own.
  "Cache-Control": "no-store",
};

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, { status, headers });

  const session = sessionOf(req) ?? startSession();
  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("TOKEN", () => session.token)
    .replace("<!-- advertisement -->", () => advertisement(req).toString())
    .replace("<!-- account -->", () => accountPart(session).toString())
    .replace("<!-- page -->", () => content.toString());
  return new Response(whole, { status, headers: { ...headers, "Set-Cookie": cookieOf(session) } });
}

export function notFound(req, sentence) {
  const content = html`
    <h2>Not found</h2>
    <p>${sentence} <a href="/catalogue">Look through the catalogue.</a></p>
  `;
  return page(req, { title: "Not found", content, status: 404 });
}
