// Signing in and out. Each of them ends with a redirect, so the browser loads a new document.
import { html } from "hono/html";
import { page } from "./layout.js";
import { cookieOf, endSession, sessionOf, sessionsOf, startSession } from "./session.js";

export function signInPage(req) {
  const content = html`
    <h2>Sign in</h2>
    <form action="/sign-in" method="post" autocomplete="off">
      <input name="name" required maxlength="24" placeholder="Your name" aria-label="Your name" />
      <button>Sign in</button>
    </form>
  `;
  return page(req, { title: "Sign in", content });
}

// A lesson about sessions can do without passwords: any name will do.
export async function signIn(req) {
  const form = await req.formData();
  const member = String(form.get("name") ?? "").trim();
  if (!member) return seeOther("/sign-in");
  const old = sessionOf(req);
  if (old) endSession(old);
  return seeOther("/", { "Set-Cookie": cookieOf(startSession(member.slice(0, 24))) });
}

export function signOut(req) {
  const session = sessionOf(req);
  if (session) endSession(session);
  return seeOther("/");
}

export function signOutEverywhere(req) {
  const session = sessionOf(req);
  if (session) sessionsOf(session.member).forEach(endSession);
  return seeOther("/");
}

/** The answer to whoever asks for something of a member's, without a session. */
export function mustSignIn(req) {
  return seeOther("/sign-in");
}

function seeOther(address, headers = {}) {
  return new Response(null, { status: 303, headers: { ...headers, Location: address } });
}
