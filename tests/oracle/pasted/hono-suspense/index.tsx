// hono's JSX, streamed: a layout, parts that come late, one that fails, and events.
import { Hono } from "hono";
import { ErrorBoundary } from "hono/jsx";
import { jsxRenderer, useRequestContext } from "hono/jsx-renderer";
import { Suspense } from "hono/jsx/streaming";
import { streamSSE } from "hono/streaming";
import type { FC, PropsWithChildren } from "hono/jsx";

const app = new Hono<{ Variables: { user: string } }>();
const later = <T,>(ms: number, value: T): Promise<T> =>
  new Promise((done) => setTimeout(done, ms, value));

const Layout: FC<PropsWithChildren<{ title?: string }>> = ({ title = "News", children }) => (
  <html lang="en">
    <head>
      <title>{title}</title>
    </head>
    <body>{children}</body>
  </html>
);

const Weather: FC<{ city: string }> = async ({ city }) => {
  const degrees = await later(10, city.length * 3);
  return (
    <p class={degrees > 15 ? "warm" : "cold"}>
      {city}: {degrees}°
    </p>
  );
};
const Broken: FC = async () => {
  await later(5, null);
  throw new Error("no news");
};
const Who: FC = () => <b>{useRequestContext<{ Variables: { user: string } }>().get("user")}</b>;

app.use(async (c, next) => {
  c.set("user", c.req.query("user") ?? "you & me");
  await next();
});
app.get(
  "*",
  jsxRenderer(({ children, title }) => <Layout title={title}>{children}</Layout>, { stream: true }),
);

app.get("/", (c) =>
  c.render(
    <main>
      <h1>
        Hello <Who />
      </h1>
      <Suspense fallback={<p>looking out of the window…</p>}>
        <Weather city="Reykjavík" />
      </Suspense>
    </main>,
    { title: "Weather" },
  ),
);
app.get("/broken", (c) =>
  c.render(
    <ErrorBoundary fallback={<p>Out of order</p>}>
      <Broken />
    </ErrorBoundary>,
  ),
);
app.get("/plain", async (c) =>
  c.html(<Layout>{await Promise.all([1, 2].map(async (n) => <i>{n}</i>))}</Layout>),
);
app.get("/events", (c) =>
  streamSSE(c, async (stream) => {
    for (const n of [1, 2]) await stream.writeSSE({ event: "item", data: `${(<li>{n}</li>)}` });
    await stream.writeSSE({ event: "close", data: "" });
  }),
);

export default app;
