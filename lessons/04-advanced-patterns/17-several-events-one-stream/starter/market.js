// Prices: every two seconds one of them moves. Deliveries: a button fills the shelves, or empties them again.
import { html } from "hono/html";
import { goods, money } from "./goods.js";
import { announce, whileSomeoneListens } from "./notifications.js";

const sums = [];

whileSomeoneListens(2000, () => {
  const good = goods[Math.floor(Math.random() * goods.length)];
  const before = good.price;
  const change = Math.ceil(Math.random() * 30) * (Math.random() < 0.5 ? -1 : 1);
  good.price = Math.max(100, before + change);
  const way = good.price > before ? "up" : "down";
  const now = html`<span class="${way}">${money(good.price)}</span>`;
  announce(`price-${good.slug}`, now);
  announce("price", html`${good.name} ${now}`);
  announce("chart-data", chart());
});

// The sum of all prices, as the last twenty steps of a line.
function chart() {
  sums.push(goods.reduce((sum, { price }) => sum + price, 0));
  if (sums.length > 20) sums.shift();
  const lowest = Math.min(...sums);
  const height = Math.max(...sums) - lowest || 1;
  const points = sums.map((sum, at) => `${at * 10},${32 - (30 * (sum - lowest)) / height}`);
  return html`
    <svg viewBox="0 0 190 34" role="img" aria-label="All prices together: ${money(sums.at(-1))}">
      <polyline points="${points.join(" ")}" fill="none" stroke="currentColor" />
    </svg>
  `;
}

// Four shelves, one after another. Each page may show another list, so the event only names what has changed.
export async function unload() {
  for (const slug of ["earl-grey", "rooibos", "small-maps", "dominoes"]) {
    const good = goods.find((one) => one.slug === slug);
    good.inStock = !good.inStock;
    announce("stock", slug);
    await Bun.sleep(100);
  }
  return new Response(null, { status: 204 });
}
