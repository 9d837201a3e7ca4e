// Sessions: the cookie holds a random name, and the server knows for whom it stands.
const MANY = 1000;
const sessions = new Map();

export function sessionOf(req) {
  const cookies = new Bun.CookieMap(req.headers.get("Cookie") ?? "");
  return sessions.get(cookies.get("session"));
}

/** A new session for each sign-in; `ends` holds what to call when it is over. */
export function startSession(member) {
  const session = { id: crypto.randomUUID(), member, ends: new Set() };
  sessions.set(session.id, session);
  if (sessions.size > MANY) endSession(sessions.values().next().value);
  return session;
}

export function endSession(session) {
  sessions.delete(session.id);
}

export function sessionsOf(member) {
  return [...sessions.values()].filter((session) => session.member === member);
}

/** Scripts cannot read it (HttpOnly), and no POST of another site carries it (SameSite). */
export function cookieOf({ id }) {
  return `session=${id}; Path=/; HttpOnly; SameSite=Lax`;
}
