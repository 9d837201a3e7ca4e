// A browser says which page's origin a handshake or a POST comes from, and no page can change that.
export function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}

/** A change that another site's page asks for is refused; a browser always sends the origin then. */
export function own(handle) {
  return (req) => {
    const isForeign = req.headers.has("Origin") && !fromHere(req);
    return isForeign ? new Response("Use Lobby's own page.", { status: 403 }) : handle(req);
  };
}
