/** @jsxImportSource hono/jsx */
// JSX without types.
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
    const headers = { "content-type": "text/html; charset=utf-8" };
    return new Response(`<!doctype html>${(<Page names={names} />)}`, { headers });
  },
};
