// The catalogue. All of its state is in the URL, so each view can be linked, reloaded and gone back to.
import { html } from "hono/html";
import { goods, kinds, money } from "./goods.js";
import { notFound, page } from "./layout.js";

const PER_PAGE = 4;
const orders = { "": "Newest first", "a-z": "A to Z", "z-a": "Z to A" };

export function cataloguePage(req) {
  const view = viewFrom(new URL(req.url).searchParams);
  const title = view.kind ? kinds[view.kind] : "Catalogue";
  const content = html`${searchForm(view)} ${results(view)}`;
  return page(req, { title, content });
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
  const order = params.get("order") ?? "";
  return {
    kind: Object.hasOwn(kinds, kind) ? kind : "",
    q: (params.get("q") ?? "").slice(0, 80),
    stock: params.get("stock") === "1",
    order: Object.hasOwn(orders, order) ? order : "",
    number: Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1),
  };
}

function address({ kind, q, stock, order, number = 1 }) {
  const params = new URLSearchParams();
  if (kind) params.set("kind", kind);
  if (q) params.set("q", q);
  if (stock) params.set("stock", "1");
  if (order) params.set("order", order);
  if (number > 1) params.set("page", String(number));
  const query = params.toString();
  return query ? `/catalogue?${query}` : "/catalogue";
}

// A link that works without htmx, and with it swaps only <main> and moves the address bar.
function goTo(href) {
  return html`href="${href}" hx-get="${href}" hx-target="#page" hx-push-url="true"`;
}

// A page number of the same list.
function turnTo(href) {
  return html`href="${href}" hx-get="${href}" hx-target="#page" hx-replace-url="true"`;
}

function searchForm({ q, stock, order }) {
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
      hx-push-url="true"
    >
      <input type="search" name="q" value="${q}" placeholder="Search" aria-label="Search" />
      <label>
        <input type="checkbox" name="stock" value="1" ${stock ? "checked" : ""} />
        in stock
      </label>
      <label>
        Order
        <select name="order">
          ${Object.entries(orders).map(([value, name]) => option(value, name, value === order))}
        </select>
      </label>
    </form>
  `;
}

function option(value, name, isChosen) {
  return html`<option value="${value}" ${isChosen ? "selected" : ""}>${name}</option>`;
}

function results(view) {
  const found = inOrder(
    goods.filter((good) => matches(good, view)),
    view.order,
  );
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
      ${shown.length ? list(shown) : html`<p>Nothing matches. Try fewer letters.</p>`}
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

function inOrder(found, order) {
  if (!order) return found;
  const sorted = found.toSorted((one, other) => one.name.localeCompare(other.name));
  return order === "z-a" ? sorted.toReversed() : sorted;
}

function tab(view, kind, name) {
  const current = view.kind === kind ? html`aria-current="page"` : "";
  const link = goTo(address({ ...view, kind, number: 1 }));
  return html`<a id="tab-${kind || "all"}" ${link} ${current}>${name}</a> `;
}

function list(shown) {
  const row = (good) => html`
    <li>
      <a ${goTo(`/catalogue/${good.slug}`)}>${good.name}</a>
      ${good.inStock ? "" : html`<small>sold out</small>`} ${price(good)}
    </li>
  `;
  return html`<ul class="goods">${shown.map(row)}</ul>`;
}

// market.js sends an event of this name whenever this price moves.
function price({ slug, price }) {
  return html`<span class="price" sse-swap="price-${slug}">${money(price)}</span>`;
}

function pager(view, last) {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const link = (number) => {
    const current = number === view.number ? html`aria-current="page"` : "";
    const there = turnTo(address({ ...view, number }));
    return html`<a id="page-${number}" ${there} ${current}>${number}</a> `;
  };
  return html`<nav class="pager" aria-label="Pages">${numbers.map(link)}</nav>`;
}
