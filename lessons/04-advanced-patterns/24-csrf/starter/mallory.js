// Mallory's site, which is not yours to mend. It is at another origin: each sandbox has a second name
// that is hers. In Bun on your own machine, localhost and 127.0.0.1 play the two parts.
import { html } from "hono/html";

/** What Mallory has paid Lobby to show: a link to her page. */
export function advertisement(req) {
  const lobby = new URL(req.url);
  if (!herHost(lobby.host))
    return "none: for Mallory's page this address needs a name, not a number.";
  const her = new URL(`/prize?from=${encodeURIComponent(lobby.origin)}`, lobby);
  her.host = herHost(lobby.host);
  return html`<a href="${her}" target="_blank" rel="noopener">Free oolong for every member!</a>`;
}

/** Her page. Lobby is called lobby.example in it, as Mallory would write the name down. */
export async function prize(req) {
  const here = new URL(req.url);
  const lobby = here.searchParams.get("from") ?? "";
  if (!URL.canParse(lobby) || herHost(new URL(lobby).host) !== here.host) {
    return new Response("This is Mallory's page: follow the advertisement in Lobby.");
  }
  const text = await Bun.file("prize.html").text();
  const { origin } = new URL(lobby);
  const named = text
    .replaceAll("https://lobby.example", () => origin)
    .replaceAll("wss://lobby.example", () => origin.replace("http", "ws"));
  return new Response(named, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

function herHost(host) {
  if (host.startsWith("localhost")) return host.replace("localhost", "127.0.0.1");
  if (host.startsWith("127.0.0.1")) return host.replace("127.0.0.1", "localhost");
  const sandbox = /^([a-z2-7]{26})(--[a-z]+)?(?=\.)/;
  return sandbox.test(host) ? host.replace(sandbox, "$1--mallory") : null;
}
