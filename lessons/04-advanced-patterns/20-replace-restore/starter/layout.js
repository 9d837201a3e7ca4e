// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";

// A boosted link and a Back without a snapshot are sent by htmx too, but need the whole page.
function wantsFragment(req) {
  const has = (name) => req.headers.get(name) === "true";
  return has("HX-Request") && !has("HX-Boosted") && !has("HX-History-Restore-Request");
}

const usual = {
  "Content-Type": "text/html; charset=utf-8",
  Vary: "HX-Request, HX-Boosted, HX-History-Restore-Request",
};

export async function page(req, { title, content, status = 200, headers = {} }) {
  const init = { status, headers: { ...usual, ...headers } };
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, init);

  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("<!-- page -->", () => content.toString());
  return new Response(whole, init);
}

export function notFound(req, sentence) {
  const content = html`
    <h2>Not found</h2>
    <p>${sentence} <a href="/catalogue">Look through the catalogue.</a></p>
  `;
  return page(req, { title: "Not found", content, status: 404 });
}
