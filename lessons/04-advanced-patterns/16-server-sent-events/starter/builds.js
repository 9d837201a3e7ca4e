// Builds: a busy team's server. The numbers show whether a page has missed one.
import { html } from "hono/html";
import { announce, whileSomeoneListens } from "./notifications.js";

let number = 100;

whileSomeoneListens(1500, () => {
  announce("notice", html`<li>Build <b>${++number}</b> finished</li>`);
});
