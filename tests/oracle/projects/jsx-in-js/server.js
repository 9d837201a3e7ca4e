// JSX in a file for plain JavaScript, which Bun takes as well.
import { jsx, Fragment } from "hono/jsx";

const page = (path) => (
  <>
    <p>{path}</p>
    {jsx("i", {}, "by hand")}
    <Fragment>{1 < 2}</Fragment>
  </>
);

export default {
  fetch: (req) =>
    new Response(String(page(new URL(req.url).pathname)), {
      headers: { "content-type": "text/html" },
    }),
};
