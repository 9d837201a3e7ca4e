// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";

// Only requests that put something into a part of the page name a target with an id.
export function wantsFragment(req) {
  return ["page", "results"].includes(req.headers.get("HX-Target"));
}

// Pages change rarely, and prices come by the stream: a browser may keep an answer for a minute.
export const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "private, max-age=60",
  Vary: "HX-Target",
};

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, { status, headers });

  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
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
