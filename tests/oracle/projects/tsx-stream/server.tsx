// Pages in pieces: Suspense, and events of JSX.
import { Hono } from "hono";
import { renderToReadableStream, Suspense } from "hono/jsx/streaming";
import { streamSSE } from "hono/streaming";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
async function Slow({ name }: { name: string }) {
  await wait(20);
  return <p>Hello {name}</p>;
}
const app = new Hono();

app.get("/page", (c) => {
  const stream = renderToReadableStream(
    <html>
      <body>
        <Suspense fallback={<p>wait…</p>}>
          <Slow name={c.req.query("name") ?? "nobody"} />
        </Suspense>
      </body>
    </html>,
  );
  return c.body(stream, {
    headers: { "content-type": "text/html; charset=utf-8", "transfer-encoding": "chunked" },
  });
});
app.get("/events", (c) =>
  streamSSE(c, async (stream) => {
    for (let n = 1; n <= 3; n++) {
      await stream.writeSSE({ event: "tick", id: String(n), data: String(<li>{n}</li>) });
      await wait(5);
    }
  }),
);

export default { fetch: app.fetch, idleTimeout: 20 };
