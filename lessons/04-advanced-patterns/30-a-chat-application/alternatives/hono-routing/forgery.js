// Forgery: is it one of our own pages that asks? Two pieces of middleware.
import { visitor } from "./people.js";

const READS = ["GET", "HEAD", "OPTIONS"];

/** Whatever may change something must bring the token that stands in our page. */
export async function withToken(c, next) {
  const isOurs = c.req.header("X-CSRF-Token") === visitor(c.req.raw).token;
  if (isOurs || READS.includes(c.req.method)) return next();
  return c.text("Send this from Lobby itself.", 403);
}

/** A handshake has no headers of htmx: only the origin tells whether our own page opens it. */
export async function fromHere(c, next) {
  const origin = c.req.header("Origin") ?? "";
  const isOurs = URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
  return isOurs ? next() : c.text("Open the chat from Lobby itself.", 403);
}
