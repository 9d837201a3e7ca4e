// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";

// index.html has htmx leave HX-Request out when it restores a page.
export function wantsFragment(req) {
  return req.headers.has("HX-Request") && !req.headers.has("HX-Boosted");
}

// One address has several answers: no cache keeps any of them.
export const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
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
