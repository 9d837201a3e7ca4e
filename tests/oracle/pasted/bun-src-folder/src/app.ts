import { Hono } from "hono";
import { button } from "./views/button";

const app = new Hono();
let clicks: number = 0;

app.get("/", async (c) => {
  const page = await Bun.file("views/page.html").text();
  return c.html(page.replace("{button}", button(clicks)));
});
app.post("/clicks", (c) => c.html(button((clicks += 1))));

export default { port: process.env.PORT ?? 3000, fetch: app.fetch };
