// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { signIn, signInPage, signOut, signOutEverywhere } from "./members.js";
import { inbox, keepNote, notesPage } from "./notes.js";
import { notifications } from "./notifications.js";
import { own } from "./origin.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/sign-in": { GET: signInPage, POST: own(signIn) },
    "/sign-out": { POST: own(signOut) },
    "/sign-out-everywhere": { POST: own(signOutEverywhere) },
    "/notes": { GET: notesPage, POST: own(keepNote) },
    "/inbox": inbox,
    "/notifications": notifications,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
