// Builds: something slow that ends now and then, as on any team's server.
import { html } from "hono/html";
import { announce, whileSomeoneListens } from "./notifications.js";

let number = 100;

whileSomeoneListens(15_000, () => {
  const seconds = 20 + Math.floor(Math.random() * 40);
  announce("notice", html`<li>Build <b>${++number}</b> finished in ${seconds} s</li>`);
});
