// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { notifications } from "./notifications.js";
import { rename } from "./people.js";
import { roomPage } from "./rooms.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": roomPage,
    "/rooms/:room": roomPage,
    "/rooms/:room/line": connect,
    "/name": { POST: rename },
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/notifications": notifications,
    "/style.css": new Response(Bun.file("style.css")),
    "/rooms.css": new Response(Bun.file("rooms.css")),
    "/line.js": new Response(Bun.file("line.js")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
