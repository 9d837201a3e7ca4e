/** @jsxImportSource hono/jsx */
// JSX without types.
import { renderToString } from "hono/jsx/dom/server";
import { greeting } from "./greeting";

const Page = ({ names = [] }) => (
  <main>
    {names.length ? names.map((name) => <p>{greeting(name)}</p>) : <p>Nobody</p>}
    <a href="/?name=Ada&name=Bo">both</a>
  </main>
);

export default {
  fetch(req) {
    const names = new URL(req.url).searchParams.getAll("name");
    if (names[0] === "string") return Response.json(renderToString(<Page names={names} />));
    const headers = { "content-type": "text/html; charset=utf-8" };
    return new Response(`<!doctype html>${(<Page names={names} />)}`, { headers });
  },
};
