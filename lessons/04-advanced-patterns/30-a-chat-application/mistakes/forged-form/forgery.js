// Forgery: is it one of our own pages that asks?

/** Whether a change brings the token that stands in our page. Another origin cannot read it there. */
export function hasToken(req, token) {
  if (req.headers.get("HX-Request") !== "true") return true;
  return req.headers.get("X-CSRF-Token") === token;
}

/** Whether our own page opens a socket. A handshake has no headers of htmx: only the origin tells. */
export function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}
