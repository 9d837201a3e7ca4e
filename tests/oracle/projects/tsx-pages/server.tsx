// What JSX can say, and what hono makes of it.
import { Hono } from "hono";
import { raw } from "hono/html";
import { createContext, Fragment, memo, useContext, type Child, type JSX } from "hono/jsx";
import { jsxRenderer, useRequestContext } from "hono/jsx-renderer";
import { css, Style } from "hono/css";

declare module "hono" {
  interface ContextRenderer {
    (content: string | Promise<string>, props: { title: string }): Response;
  }
}

const Theme = createContext<"light" | "dark">("light");
const Themed = () => <i>{useContext(Theme)}</i>;
const Late = async ({ ms }: { ms: number }): Promise<JSX.Element> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return <b>late</b>;
};
const Path = () => <code>{useRequestContext().req.path}</code>;
const Once = memo(({ n }: { n: number }) => <u>{n}</u>);
const Card = ({
  title,
  children,
  ...rest
}: {
  title: string;
  children?: Child;
  [name: string]: unknown;
}) => (
  <section {...rest}>
    <h2>{title}</h2>
    {children}
  </section>
);
const Parts = { Card, Line: () => <hr /> };
const list: string[] = ["a", "b & c"];

const app = new Hono();
app.use(
  jsxRenderer(({ children, title }) => (
    <html lang="en">
      <head>
        <title>{title}</title>
        <Style />
      </head>
      <body>{children}</body>
    </html>
  )),
);
app.get("/", (c) => c.render(<h1>Hello</h1>, { title: "A <title>" }));
app.get("/late", (c) => c.render(<Late ms={1} />, { title: "Late" }));
app.get("/path/:x", (c) => c.html(<Path />));
app.get("/css", (c) =>
  c.render(
    <p
      class={css`
        color: red;
      `}
    >
      red
    </p>,
    { title: "Red" },
  ),
);
app.get("/text", (c) =>
  c.html(
    <div>
      one {"two"} {3} {null} {undefined} {false} {true} {0}
      {/* nothing */}
      four <span>&lt;five&gt; &nbsp;&amp;&#33;</span>
      "quoted" 'too' {`tem${"plate"}`}
      {list.map((item, n) => (
        <Fragment key={n}>
          {item}
          <br />
        </Fragment>
      ))}
    </div>,
  ),
);
app.get("/attributes", (c) => {
  const more = { id: "m", "data-x": 'a"b', hidden: true };
  return c.html(
    <form
      style={{ color: "red", backgroundColor: "blue", "--own": 1 }}
      class="a  b"
      {...more}
      hidden={false}
    >
      <input type="checkbox" checked disabled={true} required={false} value={'<">'} tabindex={-1} />
      <label for="x" htmlFor="y" className="z" aria-hidden="true" hx-vals={'{"a":1}'} />
      <p dangerouslySetInnerHTML={{ __html: "<em>raw</em>" }} />
      <svg viewBox="0 0 1 1" xlink:href="#a">
        <path stroke-width={2} strokeLinecap="round" />
      </svg>
      {raw("<raw>")}
    </form>,
  );
});
app.get("/context", (c) =>
  c.html(
    <>
      <Themed />
      <Theme.Provider value="dark">
        <Themed />
      </Theme.Provider>
      <Once n={1} />
      <Parts.Card title="Nested" data-kind={typeof 1}>
        <Parts.Line />
        {(list as readonly string[]).length > 1 ? <b>many</b> : null}
      </Parts.Card>
    </>,
  ),
);
app.get("/broken", (c) => {
  const Broken = (): JSX.Element => {
    throw new Error("broken component");
  };
  return c.html(<Broken />);
});
app.onError((error, c) => c.html(<p role="alert">{error.message}</p>, 500));

export default app;
