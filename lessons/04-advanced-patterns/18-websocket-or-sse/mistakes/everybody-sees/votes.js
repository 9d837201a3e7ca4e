// Which tea comes next? A vote is an ordinary request, and the count goes out on the stream of news.
import { html } from "hono/html";

const teas = { assam: "Assam", darjeeling: "Darjeeling", matcha: "Matcha" };
const counts = { assam: 0, darjeeling: 0, matcha: 0 };

export async function vote(req) {
  const tea = await teaIn(req);
  if (!Object.hasOwn(teas, tea)) return new Response("There is no such tea.", { status: 422 });
  counts[tea] += 1;
  if (req.headers.get("HX-Request") === "true") return standingPart();
  return new Response(null, { status: 303, headers: { Location: "/" } });
}

/** The count alone, for a page that asks for it. */
export function standingPart() {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(standing().toString(), { headers });
}

async function teaIn(req) {
  try {
    return (await req.formData()).get("tea");
  } catch {
    return null;
  }
}

/** The count as it is now: in each page when it is made, and as an event whenever it changes. */
export function standing() {
  return html`${Object.entries(teas).map(([tea, name]) => html`<li>${name} <b>${counts[tea]}</b></li>`)}`;
}
