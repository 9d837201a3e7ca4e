// Every address answers with a whole page: to the browser, to a boosted link, and to Back.
import { html } from "hono/html";
import { visitorOf } from "./visitors.js";

// Pages know their visitor, so no cache may keep one for somebody else.
const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("<!-- size -->", () => visitorOf(req).size)
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
