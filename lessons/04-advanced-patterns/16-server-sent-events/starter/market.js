// Prices: every two seconds one of them moves. Nobody is told yet.
import { goods } from "./goods.js";
import { whileSomeoneListens } from "./notifications.js";

whileSomeoneListens(2000, () => {
  const good = goods[Math.floor(Math.random() * goods.length)];
  const change = Math.ceil(Math.random() * 30) * (Math.random() < 0.5 ? -1 : 1);
  good.price = Math.max(100, good.price + change);
});
