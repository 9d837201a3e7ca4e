// Members and their stamps. A stamp is good for a cup of tea; whoever is signed in may give some away.
import { html } from "hono/html";
import { change } from "./changes.js";
import { announce } from "./notifications.js";
import { cookieOf, endSession, sessionOf, startSession } from "./session.js";

const FIRST_STAMPS = 10;
const stamps = new Map();

// A lesson about forgery can do without passwords: any name will do.
export const signIn = change(({ session, form }) => {
  const member = String(form.get("name") ?? "")
    .trim()
    .slice(0, 24);
  if (!member) return home(session);
  if (!stamps.has(member)) stamps.set(member, FIRST_STAMPS);
  endSession(session);
  return home(startSession(member));
});

export const signOut = change(({ session }) => {
  endSession(session);
  return home(startSession());
});

export async function give(req) {
  const session = sessionOf(req);
  const form = await req.formData();
  if (!session?.member) return new Response("Sign in first.", { status: 401 });
  const to = String(form.get("to") ?? "")
    .trim()
    .slice(0, 24);
  const count = Number(form.get("count"));
  const own = stamps.get(session.member);
  if (!to || !Number.isInteger(count) || count < 1 || count > own) {
    return shown(req, session, `You can give 1 to ${own} stamps, to somebody with a name.`);
  }
  stamps.set(session.member, own - count);
  stamps.set(to, (stamps.get(to) ?? FIRST_STAMPS) + count);
  announce("notice", html`<li><b>${session.member}</b> gave <b>${to}</b> ${count} stamps</li>`);
  return shown(req, session, `${to} thanks you.`);
}

export const drink = change(({ req, session }) => {
  if (!session?.member) return new Response("Sign in first.", { status: 401 });
  const own = stamps.get(session.member);
  if (own < 1) return shown(req, session, "No stamps, no tea.");
  stamps.set(session.member, own - 1);
  announce("notice", html`<li><b>${session.member}</b> drank a cup of tea</li>`);
  return shown(req, session, "Your tea, hot.");
});

// Asked for whenever there is a notice: somebody may have given some.
export function stampsNow(req) {
  const own = stamps.get(sessionOf(req)?.member) ?? 0;
  return new Response(`${own} stamps`, { headers: { "Cache-Control": "no-store" } });
}

/** The part of the page that shows the account, with its forms. */
export function accountPart(session, words = "") {
  const inside = session.member ? forMember(session, words) : forGuest(session);
  return html`<section id="account" aria-label="Account">${inside}</section>`;
}

function forMember({ member, token }, words) {
  const own = stamps.get(member);
  return html`
    <p>
      You are <b>${member}</b> and have
      <b hx-get="/stamps" hx-trigger="sse:notice">${own} stamps</b>. ${words}
    </p>
    <form
      action="/gifts"
      method="post"
      hx-post="/gifts"
      hx-target="#account"
      hx-swap="outerHTML"
      autocomplete="off"
    >
      ${tokenField(token)}
      <input type="number" name="count" value="1" min="1" aria-label="How many stamps" />
      <input name="to" required maxlength="24" placeholder="To whom" aria-label="To whom" />
      <button>Give</button>
    </form>
    <div class="row">
      <button hx-post="/cups" hx-target="#account" hx-swap="outerHTML">Drink a cup</button>
      <form action="/sign-out" method="post">
        ${tokenField(token)}<button>Sign out</button>
      </form>
    </div>
  `;
}

// Signing in and out load the page anew: with the session, its token changes, and so must the body.
function forGuest({ token }) {
  return html`
    <form action="/sign-in" method="post" autocomplete="off">
      ${tokenField(token)}
      <input name="name" required maxlength="24" placeholder="Your name" aria-label="Your name" />
      <button>Sign in</button>
    </form>
  `;
}

// For browsers that send the form without htmx.
function tokenField(token) {
  return html`<input type="hidden" name="csrf" value="${token}" />`;
}

// htmx gets the part that it swaps; a browser without it is sent back to the page.
function shown(req, session, words) {
  if (req.headers.get("HX-Request") !== "true") return home(session);
  const part = accountPart(session, words).toString();
  return new Response(part, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

function home(session) {
  const headers = { Location: "/" };
  if (session) headers["Set-Cookie"] = cookieOf(session);
  return new Response(null, { status: 303, headers });
}
