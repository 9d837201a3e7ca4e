// Lobby: every address of the site, and who answers it.
import { drink, give, signIn, signOut, stampsNow } from "./account.js";
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { prize } from "./mallory.js";
import { notifications } from "./notifications.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/stamps": stampsNow,
    "/sign-in": { POST: signIn },
    "/sign-out": { POST: signOut },
    "/gifts": { POST: give },
    "/cups": { POST: drink },
    "/prize": prize,
    "/notifications": notifications,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
