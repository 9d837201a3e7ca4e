// Visitors: what the server knows of each, kept under a random id that only their cookie holds.
const visitors = new Map();

const STRANGER = { name: "", size: "", wishes: [] };

/** Who asks. A stranger is nobody's entry yet. (Bun gives `cookies` to the requests of routes.) */
export function visitorOf(req) {
  return visitors.get(req.cookies?.get("visitor")) ?? STRANGER;
}

/** Changes what is known of whoever asks; a stranger gets a cookie for it. */
export function change(req, changes) {
  const visitor = { ...visitorOf(req), ...changes };
  let id = req.cookies.get("visitor");
  if (!visitors.has(id)) {
    id = crypto.randomUUID();
    req.cookies.set("visitor", id, { httpOnly: true, sameSite: "lax" });
  }
  visitors.set(id, visitor);
}
