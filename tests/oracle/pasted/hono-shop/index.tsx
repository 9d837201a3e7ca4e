/** @jsxImportSource hono/jsx */
// A shop with a basket in a cookie, checked forms, and parts of pages for htmx.
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { validator } from "hono/validator";

const goods = [
  { id: "tea", name: "Tea", cents: 450 },
  { id: "mug", name: "Mug & spoon", cents: 1250 },
] as const;
type Id = (typeof goods)[number]["id"];
type Basket = Partial<Record<Id, number>>;

const app = new Hono().basePath("/shop");
const price = (cents: number) => `€${(cents / 100).toFixed(2)}`;

const read = (text: string | undefined): Basket => {
  try {
    return JSON.parse(decodeURIComponent(text ?? "{}")) as Basket;
  } catch {
    return {};
  }
};
const total = (basket: Basket) =>
  goods.reduce((sum, { id, cents }) => sum + cents * (basket[id] ?? 0), 0);

const Rows = ({ basket }: { basket: Basket }) => (
  <tbody id="basket">
    {goods
      .filter(({ id }) => basket[id])
      .map(({ id, name, cents }) => (
        <tr>
          <td>{name}</td>
          <td>{basket[id]}</td>
          <td>{price(cents * basket[id]!)}</td>
        </tr>
      ))}
    <tr>
      <th colspan={2}>Total</th>
      <td>{price(total(basket))}</td>
    </tr>
  </tbody>
);

app.use(csrf());
app.get("/", (c) => {
  const basket = read(getCookie(c, "basket"));
  return c.html(
    <>
      {goods.map(({ id, name, cents }) => (
        <button hx-post={`/shop/basket/${id}`} hx-vals='{"count":1}' hx-target="#basket">
          {name}, {price(cents)}
        </button>
      ))}
      <table>
        <Rows basket={basket} />
      </table>
    </>,
  );
});
app.post(
  "/basket/:id{[a-z]+}",
  validator("form", (value, c) => {
    const count = Number(value.count);
    if (!Number.isInteger(count) || count < 1 || count > 9) return c.text("1 to 9 of each", 422);
    return { count };
  }),
  (c) => {
    const id = c.req.param("id") as Id;
    if (!goods.some((it) => it.id === id)) throw new HTTPException(404, { message: `no ${id}` });
    const basket = read(getCookie(c, "basket"));
    basket[id] = (basket[id] ?? 0) + c.req.valid("form").count;
    setCookie(c, "basket", encodeURIComponent(JSON.stringify(basket)), {
      path: "/shop",
      sameSite: "Lax",
    });
    c.header("HX-Trigger", JSON.stringify({ total: total(basket) }));
    return c.html(<Rows basket={basket} />);
  },
);
app.notFound((c) => c.json({ missing: c.req.path }, 404));
app.onError((error, c) =>
  error instanceof HTTPException ? error.getResponse() : c.text(`Sorry: ${error.message}`, 500),
);

export default { port: 8080, fetch: app.fetch };
