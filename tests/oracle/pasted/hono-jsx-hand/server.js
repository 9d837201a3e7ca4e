// hono/jsx by its function, and context.
import { Hono } from "hono";
import { createContext, Fragment, jsx, useContext } from "hono/jsx";
import { jsxRenderer } from "hono/jsx-renderer";

const Theme = createContext("light");
const Button = ({ children }) =>
  jsx("button", { class: useContext(Theme), type: "button" }, children);
const List = ({ items }) => jsx("ul", {}, ...items.map((item) => jsx("li", { key: item }, item)));

const app = new Hono();
app.use(
  "/page/*",
  jsxRenderer(({ children, title }) =>
    jsx("html", {}, jsx("title", {}, title), jsx("body", {}, children)),
  ),
);
app.get("/page/:name", (c) =>
  c.render(
    jsx(Fragment, {}, jsx("h1", {}, c.req.param("name")), jsx(List, { items: ["a", "<b>"] })),
    {
      title: "A page",
    },
  ),
);
app.get("/button", (c) => c.html(jsx(Theme.Provider, { value: "dark" }, jsx(Button, {}, "Press"))));

export default app;
