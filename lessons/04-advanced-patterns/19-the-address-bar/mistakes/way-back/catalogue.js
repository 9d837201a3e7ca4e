// The catalogue: every view has an address, and every address has a page.
import { html } from "hono/html";
import { goods, kinds, money } from "./goods.js";
import { notFound, page } from "./layout.js";

const PER_PAGE = 4;
const HTML = { "Content-Type": "text/html; charset=utf-8" };

// The whole page for the view that its address names.
export function cataloguePage(req) {
  const view = viewFrom(new URL(req.url).searchParams);
  const content = html`
    <p><button hx-get="/catalogue/surprise" hx-target="#page">Surprise me</button></p>
    <div id="results">${results(view)}</div>
  `;
  return page(req, { title: "Catalogue", content });
}

// A part of a page: what goes inside #results. There is no <html> around it, and no style sheet.
export function catalogueList(req) {
  const view = viewFrom(new URL(req.url).searchParams);
  return new Response(results(view).toString(), { headers: HTML });
}

// A part of a page: what goes inside #page. Only the server knows which of the goods it will be.
export function surprise() {
  const good = goods[Math.floor(Math.random() * goods.length)];
  const headers = { ...HTML, "HX-Push-Url": `/catalogue/${good.slug}` };
  return new Response(details(good).toString(), { headers });
}

// The whole page for the browser, the part inside #page for htmx: layout.js decides.
export function goodPage(req) {
  const good = goods.find(({ slug }) => slug === req.params.slug);
  if (!good) return notFound(req, "Nobody sells that here.");
  return page(req, { title: good.name, content: details(good) });
}

function details(good) {
  return html`
    <p>
      <a href="/catalogue" hx-get="/catalogue" hx-target="#page">← Catalogue</a>
    </p>
    <h2>${good.name}</h2>
    <p>${good.text}</p>
    <p>${price(good)} · ${good.inStock ? "in stock" : "sold out"}</p>
  `;
}

function viewFrom(params) {
  const kind = params.get("kind") ?? "";
  return {
    kind: Object.hasOwn(kinds, kind) ? kind : "",
    number: Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1),
  };
}

function query({ kind, number }) {
  return new URLSearchParams({ kind, page: String(number) }).toString();
}

function results(view) {
  const found = goods.filter((good) => !view.kind || good.kind === view.kind);
  const last = Math.ceil(found.length / PER_PAGE);
  const number = Math.min(view.number, last);
  const shown = found.slice((number - 1) * PER_PAGE, number * PER_PAGE);
  return html`
    <nav class="tabs" aria-label="Kinds">
      ${choice({ kind: "", number: 1 }, "All", view.kind === "")}
      ${Object.entries(kinds).map(([kind, name]) =>
        choice({ kind, number: 1 }, name, view.kind === kind),
      )}
    </nav>
    <ul class="goods">${shown.map(row)}</ul>
    <nav class="pager" aria-label="Pages">
      ${Array.from({ length: last }, (_, index) =>
        choice({ kind: view.kind, number: index + 1 }, index + 1, number === index + 1),
      )}
    </nav>
  `;
}

// One tab, or one page number.
function choice(view, label, current) {
  return html`<a
    href="/catalogue?${query(view)}"
    hx-get="/catalogue/list?${query(view)}"
    hx-push-url="/catalogue?${query(view)}"
    hx-target="#results"
    ${current ? html`aria-current="page"` : ""}
  >${label}</a> `;
}

function row(good) {
  const there = `/catalogue/${good.slug}`;
  return html`
    <li>
      <a href="${there}" hx-get="${there}" hx-target="#page" hx-push-url="true">${good.name}</a>
      ${good.inStock ? "" : html`<small>sold out</small>`} ${price(good)}
    </li>
  `;
}

// market.js sends an event of this name whenever this price moves.
function price({ slug, price }) {
  return html`<span class="price" sse-swap="price-${slug}">${money(price)}</span>`;
}
