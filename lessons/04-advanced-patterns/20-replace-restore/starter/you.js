// The page “You”. It shows a member the code that fetches their parcel, so it is nobody else's business.
import { html } from "hono/html";
import { page } from "./layout.js";
import { begin, end, memberOf, randomCode } from "./members.js";

export function youPage(req) {
  const member = memberOf(req);
  const content = html`
    <h2>You</h2>
    ${member ? parcel(member) : signInForm()}
  `;
  return page(req, { title: "You", content, headers: { "Cache-Control": "no-store" } });
}

function signInForm() {
  return html`
    <form action="/sign-in" method="post" hx-post="/sign-in" hx-target="#page">
      <input name="name" required maxlength="24" placeholder="Your name" aria-label="Sign in as" />
      <button>Sign in</button>
    </form>
  `;
}

function parcel({ name, code }) {
  return html`
    <p>Signed in as <b>${name}</b></p>
    <p>The code for your parcel: <b id="code">${code}</b></p>
    <form action="/you/code" method="post" hx-post="/you/code" hx-target="#page">
      <button>New code</button>
    </form>
    <form
      action="/sign-out"
      method="post"
      hx-post="/sign-out"
      hx-target="#page"
      hx-push-url="true"
    >
      <button>Sign out</button>
    </form>
  `;
}

export async function signIn(req) {
  const name = (await req.formData()).get("name");
  if (typeof name === "string" && name.trim()) begin(req, name.trim().slice(0, 24));
  return seeOther("/you");
}

export function newCode(req) {
  const member = memberOf(req);
  if (!member) return new Response("Sign in first.", { status: 403 });
  member.code = randomCode();
  return seeOther("/you");
}

export function signOut(req) {
  end(req);
  return seeOther("/catalogue");
}

// 303: the change is done, now GET this page. A reload there does not repeat the change.
function seeOther(there) {
  return new Response(null, { status: 303, headers: { Location: there } });
}
