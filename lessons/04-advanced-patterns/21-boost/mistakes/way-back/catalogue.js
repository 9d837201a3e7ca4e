// The catalogue: ordinary links and an ordinary form. Only the download has to know that it is boosted.
import { html } from "hono/html";
import { goods, kinds, money } from "./goods.js";
import { notFound, page } from "./layout.js";
import { wishForm } from "./you.js";

export function cataloguePage(req) {
  const params = new URL(req.url).searchParams;
  const kind = Object.hasOwn(kinds, params.get("kind") ?? "") ? params.get("kind") : "";
  const q = (params.get("q") ?? "").slice(0, 80);
  const found = goods.filter((good) => matches(good, kind, q));
  const content = html`
    <nav class="tabs" aria-label="Kinds">
      ${tab("", "All", kind)} ${Object.entries(kinds).map(([id, name]) => tab(id, name, kind))}
    </nav>
    <form role="search" action="/catalogue">
      <input type="search" name="q" value="${q}" placeholder="Search" aria-label="Search" />
      <button>Search</button>
    </form>
    ${found.length ? list(found) : html`<p>Nothing matches. Try fewer letters.</p>`}
    <p><a href="/prices.csv" download hx-boost="false">Price list</a></p>
  `;
  return page(req, { title: kind ? kinds[kind] : "Catalogue", content });
}

export function goodPage(req) {
  const good = goods.find(({ slug }) => slug === req.params.slug);
  if (!good) return notFound(req, "Nobody sells that here.");
  const content = html`
    <p><a href="/catalogue?kind=${good.kind}">← ${kinds[good.kind]}</a></p>
    <h2>${good.name}</h2>
    <p>${good.text}</p>
    <p>${price(good)} · ${good.inStock ? "in stock" : "sold out"}</p>
    ${wishForm(good)}
  `;
  return page(req, { title: good.name, content });
}

// A file to keep, not a page to look at.
export function priceList() {
  const lines = goods.map(({ name, price }) => `"${name}",${(price / 100).toFixed(2)}`);
  const headers = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="prices.csv"',
  };
  return new Response(["name,euros", ...lines, ""].join("\r\n"), { headers });
}

function matches(good, kind, q) {
  const words = `${good.name} ${good.text}`.toLowerCase();
  return (!kind || good.kind === kind) && words.includes(q.toLowerCase());
}

function tab(kind, name, current) {
  const address = kind ? `/catalogue?kind=${kind}` : "/catalogue";
  return html`<a href="${address}" ${kind === current ? html`aria-current="page"` : ""}>${name}</a> `;
}

function list(found) {
  const row = (good) => html`
    <li>
      <a href="/catalogue/${good.slug}">${good.name}</a>
      ${good.inStock ? "" : html`<small>sold out</small>`} ${price(good)}
    </li>
  `;
  return html`<ul class="goods" hx-push-url="false">${found.map(row)}</ul>`;
}

// market.js sends an event of this name whenever this price moves.
function price({ slug, price }) {
  return html`<span class="price" sse-swap="price-${slug}">${money(price)}</span>`;
}
