import { Hono } from "hono";
import { Layout } from "../layout";

export const goods = new Hono();

goods.get("/:name", (c) => c.html(<Layout title="Goods">{c.req.param("name")}</Layout>));
