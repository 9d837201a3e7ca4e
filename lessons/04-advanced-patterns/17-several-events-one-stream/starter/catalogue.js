// The catalogue. All of its state is in the URL, so each view can be linked, reloaded and gone back to.
import { html } from "hono/html";
import { goods, kinds, money } from "./goods.js";
import { notFound, page } from "./layout.js";

const PER_PAGE = 4;

export function cataloguePage(req) {
  const view = viewFrom(new URL(req.url).searchParams);
  const title = view.kind ? kinds[view.kind] : "Catalogue";
  return page(req, { title, content: html`${searchForm(view)} ${results(view)}` });
}

export function goodPage(req) {
  const good = goods.find(({ slug }) => slug === req.params.slug);
  if (!good) return notFound(req, "Nobody sells that here.");
  const content = html`
    <p><a ${goTo(address({ kind: good.kind }))}>← ${kinds[good.kind]}</a></p>
    <h2>${good.name}</h2>
    <p>${good.text}</p>
    <p class="facts">${price(good)} · ${good.inStock ? "in stock" : "sold out"}</p>
  `;
  return page(req, { title: good.name, content });
}

function viewFrom(params) {
  const kind = params.get("kind") ?? "";
  return {
    kind: Object.hasOwn(kinds, kind) ? kind : "",
    q: (params.get("q") ?? "").slice(0, 80),
    stock: params.get("stock") === "1",
    number: Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1),
  };
}

function address({ kind, q, stock, number = 1 }) {
  const params = new URLSearchParams();
  if (kind) params.set("kind", kind);
  if (q) params.set("q", q);
  if (stock) params.set("stock", "1");
  if (number > 1) params.set("page", String(number));
  const query = params.toString();
  return query ? `/catalogue?${query}` : "/catalogue";
}

// A link that works without htmx, and with it swaps only <main> and moves the address bar.
function goTo(href) {
  return html`href="${href}" hx-get="${href}" hx-target="#page" hx-push-url="true"`;
}

// Typing replaces the address: one entry in the history for a search, not one for each letter.
function searchForm({ q, stock }) {
  return html`
    <form
      id="search"
      role="search"
      action="/catalogue"
      hx-get="/catalogue"
      hx-trigger="input delay:250ms, submit"
      hx-sync="this:replace"
      hx-target="#results"
      hx-select="#results"
      hx-swap="outerHTML"
      hx-replace-url="true"
    >
      <input type="search" name="q" value="${q}" placeholder="Search" aria-label="Search" />
      <label>
        <input type="checkbox" name="stock" value="1" ${stock ? "checked" : ""} />
        in stock
      </label>
    </form>
  `;
}

function results(view) {
  const found = goods.filter((good) => matches(good, view));
  const last = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const number = Math.min(view.number, last);
  const shown = found.slice((number - 1) * PER_PAGE, number * PER_PAGE);
  return html`
    <div id="results">
      <nav class="tabs" aria-label="Kinds">
        ${tab(view, "", "All")}
        ${Object.entries(kinds).map(([kind, name]) => tab(view, kind, name))}
      </nav>
      <input type="hidden" name="kind" value="${view.kind}" form="search" />
      ${shown.length ? list(shown, { ...view, number }) : html`<p>Nothing matches. Try fewer letters.</p>`}
      ${last > 1 ? pager({ ...view, number }, last) : ""}
    </div>
  `;
}

function matches(good, { kind, q, stock }) {
  const words = `${good.name} ${good.text}`.toLowerCase();
  return (
    (!kind || good.kind === kind) && (!stock || good.inStock) && words.includes(q.toLowerCase())
  );
}

function tab(view, kind, name) {
  const current = view.kind === kind ? html`aria-current="page"` : "";
  const link = goTo(address({ ...view, kind, number: 1 }));
  return html`<a id="tab-${kind || "all"}" ${link} ${current}>${name}</a> `;
}

function list(shown, view) {
  const row = (good) => html`
    <li>
      <a ${goTo(`/catalogue/${good.slug}`)}>${good.name}</a>
      ${good.inStock ? "" : html`<small>sold out</small>`} ${price(good)}
    </li>
  `;
  return html`<ul id="goods" class="goods">${shown.map(row)}</ul>`;
}

// market.js sends an event of this name whenever this price moves.
function price({ slug, price }) {
  return html`<span class="price" sse-swap="price-${slug}">${money(price)}</span>`;
}

function pager(view, last) {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const link = (number) => {
    const current = number === view.number ? html`aria-current="page"` : "";
    const there = goTo(address({ ...view, number }));
    return html`<a id="page-${number}" ${there} ${current}>${number}</a> `;
  };
  return html`<nav class="pager" aria-label="Pages">${numbers.map(link)}</nav>`;
}
