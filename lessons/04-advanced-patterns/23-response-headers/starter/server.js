// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { notifications } from "./notifications.js";
import { addItem, bought, latest, oneMore } from "./shopping.js";
import { setSize } from "./size.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/items": { POST: addItem },
    "/items/:id": { DELETE: bought },
    "/items/:id/more": { POST: oneMore },
    "/latest": latest,
    "/size": { POST: setSize },
    "/notifications": notifications,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
    "/shopping.css": new Response(Bun.file("shopping.css")),
    "/events.js": new Response(Bun.file("events.js")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
