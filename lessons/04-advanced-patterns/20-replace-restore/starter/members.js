// Members: who has signed in, under a random id that only their cookie holds. There are no passwords here.
const sessions = new Map();

/** Whoever asks, or undefined for a visitor. */
export function memberOf(req) {
  return sessions.get(req.cookies.get("session"));
}

export function begin(req, name) {
  const id = crypto.randomUUID();
  sessions.set(id, { name, code: randomCode() });
  req.cookies.set("session", id, { httpOnly: true, sameSite: "lax" });
}

export function end(req) {
  sessions.delete(req.cookies.get("session"));
  req.cookies.delete("session");
}

export function randomCode() {
  return `C-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
}
