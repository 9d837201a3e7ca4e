import type { PropsWithChildren } from "hono/jsx";

export const Layout = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <html>
    <head>
      <title>{title}</title>
      <link rel="stylesheet" href="/static/css/site.css" />
    </head>
    <body>{children}</body>
  </html>
);
