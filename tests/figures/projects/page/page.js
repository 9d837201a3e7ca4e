import { html } from "hono/html";

export const page = (host) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <title>Lobby</title>
        <script src="/lib/htmx-2.js"></script>
      </head>
      <body>
        <h1>Lobby</h1>
        <p>You came from ${host}.</p>
      </body>
    </html>`.toString();
