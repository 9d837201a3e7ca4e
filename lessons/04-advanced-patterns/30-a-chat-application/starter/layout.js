// One URL, two answers: the whole page for the browser, the part inside <main> for htmx.
import { html } from "hono/html";
import { nameForm, visitor } from "./people.js";

// A boosted link and a Back without a snapshot are sent by htmx too, but need the whole page.
function wantsFragment(req) {
  const has = (name) => req.headers.get(name) === "true";
  return has("HX-Request") && !has("HX-Boosted") && !has("HX-History-Restore-Request");
}

// The whole page is a visitor's own, with their name in it, so no cache may keep it.
const headers = [
  ["Content-Type", "text/html; charset=utf-8"],
  ["Cache-Control", "no-store"],
  ["Vary", "HX-Request, HX-Boosted, HX-History-Restore-Request"],
];

export async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title} · Lobby</title>`.toString();
  if (wantsFragment(req)) return new Response(heading + content, { status, headers });

  const { guest, cookies } = visitor(req);
  const shell = await Bun.file("index.html").text();
  const whole = shell
    .replace("<title>Lobby</title>", () => heading)
    .replace("<!-- name -->", () => nameForm(guest).toString())
    .replace("<!-- page -->", () => content.toString());
  const set = cookies.map((cookie) => ["Set-Cookie", cookie]);
  return new Response(whole, { status, headers: [...headers, ...set] });
}

export function notFound(req, sentence) {
  const content = html`
    <h2>Not found</h2>
    <p>${sentence} <a href="/rooms/lobby">Go to the Lobby.</a></p>
  `;
  return page(req, { title: "Not found", content, status: 404 });
}
