// hono's streaming: events, text, and a progress that is polled.
import { Hono } from "hono";
import { stream, streamSSE, streamText } from "hono/streaming";

const app = new Hono();
const jobs = new Map();

app.get("/events", (c) =>
  streamSSE(c, async (out) => {
    for (let id = 1; id <= 3; id += 1) {
      await out.writeSSE({ data: `<p>${id}</p>`, event: "message", id: String(id) });
      await out.sleep(3);
    }
  }),
);
app.get("/text", (c) =>
  streamText(c, async (out) => {
    for (const word of ["one", "two"]) await out.writeln(word);
  }),
);
app.get("/bytes", (c) => {
  c.header("Content-Type", "application/octet-stream");
  return stream(c, async (out) => {
    await out.write(new Uint8Array([1, 2, 3]));
  });
});
app.post("/jobs", (c) => {
  const id = jobs.size + 1;
  jobs.set(id, 0);
  return c.html(`<div hx-get="/jobs/${id}" hx-trigger="every 600ms">0%</div>`, 202);
});
app.get("/jobs/:id", (c) => {
  const id = Number(c.req.param("id"));
  const percent = Math.min(100, (jobs.get(id) ?? 0) + 50);
  jobs.set(id, percent);
  if (percent === 100) c.header("HX-Trigger", "done");
  return c.html(`<div>${percent}%</div>`, percent === 100 ? 286 : 200);
});

export default app;
