// JSX that calls what tsconfig.json says.
import { Fragment, h, type Props } from "./html";

const Item = ({ n, children }: Props & { n: number }) => (
  <li data-n={n}>
    {children} and {n > 1 && <b>more</b>}
  </li>
);
const page = (
  <>
    <h1 title="a &amp; b">A &lt; B &copy;</h1>
    <ul>
      {[1, 2].map((n) => (
        <Item n={n}>item {n}</Item>
      ))}
    </ul>
  </>
);

export default {
  fetch: (): Response => new Response(`${page}`, { headers: { "content-type": "text/html" } }),
};
