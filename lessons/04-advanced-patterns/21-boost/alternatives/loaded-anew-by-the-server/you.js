// The page “You”, and all that a visitor can change by a form. Each change is answered by a redirect.
import { html } from "hono/html";
import { goods } from "./goods.js";
import { page } from "./layout.js";
import { change, visitorOf } from "./visitors.js";

export function youPage(req) {
  const visitor = visitorOf(req);
  const content = html`
    <h2>You</h2>
    ${visitor.name ? signOutForm(visitor) : signInForm()} ${sizeForm(visitor)}
    <h2>Your wishes</h2>
    ${visitor.wishes.length ? wishList(visitor) : html`<p>Nothing yet.</p>`}
  `;
  return page(req, { title: "You", content });
}

function signInForm() {
  return html`
    <form action="/sign-in" method="post">
      <input name="name" required maxlength="24" placeholder="Your name" aria-label="Your name" />
      <button>Sign in</button>
    </form>
  `;
}

function signOutForm({ name }) {
  return html`
    <form action="/sign-out" method="post">
      <p>Signed in as <b>${name}</b></p>
      <button>Sign out</button>
    </form>
  `;
}

function sizeForm({ size }) {
  const [value, label] = size ? ["", "Normal type"] : ["large", "Large type"];
  return html`
    <form action="/size" method="post">
      <button name="size" value="${value}">${label}</button>
    </form>
  `;
}

function wishList({ wishes }) {
  const row = ({ slug, name }) => html`<li><a href="/catalogue/${slug}">${name}</a></li>`;
  return html`<ul class="goods">${wishes.map(row)}</ul>`;
}

// The part of a good's page that puts it on the list.
export function wishForm({ slug }) {
  return html`
    <form action="/wishes" method="post">
      <input type="hidden" name="good" value="${slug}" />
      <button>Wish for it</button>
    </form>
  `;
}

export async function signIn(req) {
  const form = await req.formData();
  change(req, { name: text(form, "name").trim().slice(0, 24) });
  return anew(req);
}

export function signOut(req) {
  change(req, { name: "" });
  return anew(req);
}

export async function setSize(req) {
  const form = await req.formData();
  change(req, { size: text(form, "size") === "large" ? "large" : "" });
  return anew(req);
}

export async function wish(req) {
  const form = await req.formData();
  const good = goods.find(({ slug }) => slug === text(form, "good"));
  const { wishes } = visitorOf(req);
  if (good && !wishes.includes(good)) change(req, { wishes: [...wishes, good] });
  return toYou();
}

function text(form, name) {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

// 303: the change is done, now GET this page. A reload there does not repeat the change.
function toYou() {
  return new Response(null, { status: 303, headers: { Location: "/you" } });
}

// What changes every part of the page: htmx is told to have the browser load it.
function anew(req) {
  if (!req.headers.has("HX-Request")) return toYou();
  return new Response(null, { headers: { "HX-Redirect": "/you" } });
}
