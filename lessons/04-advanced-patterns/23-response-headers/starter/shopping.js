// The shopping list of the house: everybody may add to it, ask for one more, and say what is bought.
import { html } from "hono/html";
import { answer } from "./answers.js";
import { goods } from "./goods.js";

const MANY = 100;
const items = new Map();
let count = 0;

put("Milk", 3);
put("Oat biscuits", 2);
for (const title of ["Filters", "Honey", "Napkins", "Candles", "Ink"]) put(title);

export async function addItem(req) {
  const title = await titleIn(req);
  const sold = goods.find(({ name }) => isSame(name, title));
  if (sold) {
    return new Response(null, { status: 303, headers: { Location: `/catalogue/${sold.slug}` } });
  }
  const item = put(title);
  return answer(row(item));
}

export function oneMore(req) {
  const item = items.get(Number(req.params.id));
  if (!item) return answer("Nobody needs that any more.", {}, 404);
  item.number += 1;
  item.asked = ++count;
  return answer(row(item));
}

export function bought(req) {
  const item = items.get(Number(req.params.id));
  if (!item) return answer("Nobody needs that any more.", {}, 404);
  items.delete(item.id);
  return answer("");
}

export function latest() {
  return answer(lastThree());
}

/** What layout.js puts into the page. */
export function allRows() {
  return html`${[...items.values()].map(row)}`;
}

export function lastThree() {
  const sorted = [...items.values()].sort((one, other) => other.asked - one.asked);
  return html`${sorted.slice(0, 3).map(({ title, number }) => html`<li>${title} × ${number}</li>`)}`;
}

function row({ id, title, number }) {
  return html`
    <li id="item-${id}" hx-target="this" hx-swap="outerHTML">
      <span>${title} × ${number}</span>
      <button id="more-${id}" hx-post="/items/${id}/more" aria-label="One more: ${title}">+1</button>
      <button hx-delete="/items/${id}" aria-label="Bought: ${title}">Bought</button>
    </li>
  `;
}

function put(title, number = 1) {
  const item = { id: ++count, title, number, asked: count };
  items.set(item.id, item);
  if (items.size > MANY) items.delete(items.keys().next().value);
  return item;
}

function isSame(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

// A request without a form, or with one that cannot be read, has sent nothing.
async function titleIn(req) {
  try {
    const title = (await req.formData()).get("title");
    return typeof title === "string" ? title.trim().slice(0, 60) : "";
  } catch {
    return "";
  }
}
