// The part of each page's head that says who is signed in.
import { html } from "hono/html";

export function accountPart(session) {
  if (!session) return html`<p><a href="/sign-in">Sign in</a></p>`;
  return html`
    <div id="account">
      <b>${session.member}</b>
      <nav aria-label="Lobby" hx-target="#page" hx-push-url="true">
        <a href="/catalogue" hx-get="/catalogue">Catalogue</a>
        <a href="/notes" hx-get="/notes">Notes</a>
      </nav>
      <form action="/sign-out" method="post"><button>Sign out</button></form>
      <form action="/sign-out-everywhere" method="post"><button>Sign out everywhere</button></form>
    </div>
  `;
}
