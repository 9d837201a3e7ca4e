// Prices: every two seconds one of them moves, and every open page hears of it.
import { html } from "hono/html";
import { goods, money } from "./goods.js";
import { announce, whileSomeoneListens } from "./notifications.js";

whileSomeoneListens(2000, () => {
  const good = goods[Math.floor(Math.random() * goods.length)];
  const before = good.price;
  const change = Math.ceil(Math.random() * 30) * (Math.random() < 0.5 ? -1 : 1);
  good.price = Math.max(100, before + change);
  const way = good.price > before ? "up" : "down";
  const now = html`<span class="${way}">${money(good.price)}</span>`;
  announce(`price-${good.slug}`, now);
  announce("prices", html`${good.name} ${now}`);
});
