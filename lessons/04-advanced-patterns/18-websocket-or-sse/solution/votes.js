// Which tea comes next? A vote is an ordinary request, and the count goes out on the stream of news.
import { html } from "hono/html";
import { announce, greetWith } from "./notifications.js";

const teas = { assam: "Assam", darjeeling: "Darjeeling", matcha: "Matcha" };
const counts = { assam: 0, darjeeling: 0, matcha: 0 };

greetWith("standing", standing);

export async function vote(req) {
  const tea = await teaIn(req);
  if (!Object.hasOwn(teas, tea)) return new Response("There is no such tea.", { status: 422 });
  counts[tea] += 1;
  announce("standing", standing());
  // The voter's own page hears of it by the stream, like all others.
  if (req.headers.get("HX-Request") === "true") return new Response(null, { status: 204 });
  return new Response(null, { status: 303, headers: { Location: "/" } });
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
