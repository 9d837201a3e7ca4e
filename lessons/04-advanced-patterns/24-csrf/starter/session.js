// Who is asking: the cookie holds a random name, and the server knows what it stands for.
const MANY = 1000;
const sessions = new Map();

export function sessionOf(req) {
  const cookies = new Bun.CookieMap(req.headers.get("Cookie") ?? "");
  return sessions.get(cookies.get("session"));
}

/** Every visitor has a session; it has a member's name once they have signed in. */
export function startSession(member = null) {
  const session = { id: crypto.randomUUID(), member };
  sessions.set(session.id, session);
  if (sessions.size > MANY) sessions.delete(sessions.keys().next().value);
  return session;
}

export function endSession(session) {
  sessions.delete(session?.id);
}

// SameSite=Lax keeps the cookie from POSTs of other *sites*. Mallory's page is on the same site.
export function cookieOf({ id }) {
  return `session=${id}; Path=/; HttpOnly; SameSite=Lax`;
}
