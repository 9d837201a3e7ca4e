// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage, priceList } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { notifications } from "./notifications.js";
import { setSize, signIn, signOut, wish, youPage } from "./you.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/prices.csv": priceList,
    "/you": youPage,
    "/wishes": { POST: wish },
    "/size": { POST: setSize },
    "/sign-in": { POST: signIn },
    "/sign-out": { POST: signOut },
    "/notifications": notifications,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
    "/large.css": new Response(Bun.file("large.css")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
