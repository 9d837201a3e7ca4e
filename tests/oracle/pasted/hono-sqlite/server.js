// A small API with hono, its rows in another file.
import { Hono } from "hono";
import { addBook, bookById, books, removeBook } from "./books.js";

const app = new Hono();
app.get("/books", (c) => c.json(books(c.req.query("by") === "year" ? "year" : "title")));
app.get("/books/:id", (c) => {
  const book = bookById(c.req.param("id"));
  return book ? c.json(book) : c.notFound();
});
app.post("/books", async (c) => c.json(addBook(await c.req.json()), 201));
app.delete("/books/:id", (c) => c.body(null, removeBook(c.req.param("id")) ? 204 : 404));
app.onError((error, c) =>
  c.json({ name: error.name, code: error.code, message: error.message }, 400),
);

export default app;
