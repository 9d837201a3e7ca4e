import { Hono } from "hono";
import data from "./books.json";

export const books = new Hono()
  .get("/", (c) => {
    const page = Number(c.req.query("page") ?? 1);
    return c.json({ user: c.get("user"), books: data.slice((page - 1) * 2, page * 2) });
  })
  .get("/:id", (c) => {
    const book = data.find(({ id }) => id === c.req.param("id"));
    return book ? c.json(book) : c.notFound();
  });
