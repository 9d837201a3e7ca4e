// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";
import { allRows, lastThree } from "./shopping.js";
import { sizeButton, sizeOf } from "./size.js";

// A boosted link and a Back without a snapshot are sent by htmx too, but need the whole page.
function wantsFragment(req) {
  const has = (name) => req.headers.get(name) === "true";
  return has("HX-Request") && !has("HX-Boosted") && !has("HX-History-Restore-Request");
}

// The page holds a list that changes and a size that is one visitor's own: no cache may keep it.
const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, { status, headers });

  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("<!-- size -->", () => sizeOf(req))
    .replace("<!-- size button -->", () => sizeButton(req).toString())
    .replace("<!-- latest -->", () => lastThree().toString())
    .replace("<!-- items -->", () => allRows().toString())
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
