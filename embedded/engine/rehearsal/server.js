// What the zygote rehearses (src/engine/zygote/placement/rehearsal.rs): the things that lessons' servers do.
import { html, raw } from "hono/html";
import { announce, chat, connect, events } from "./chat.js";

const type = { "Content-Type": "text/html; charset=utf-8" };
const notes = [];

class Note {
  #time = new Date(0);
  constructor(name, text) {
    Object.assign(this, { name, text });
  }
  get markup() {
    return html`<li title="${this.#time.toISOString()}"><b>${this.name}</b> ${this.text}</li>`;
  }
}

async function page(req, { title, content, status = 200 }) {
  const heading = html`<title>${title}</title>`.toString();
  const headers = { ...type, Vary: "HX-Request" };
  if (req.headers.get("HX-Request") === "true") return new Response(content, { status, headers });
  const shell = await Bun.file("index.html").text();
  const whole = shell.replace("<!-- page -->", () => heading + content);
  return new Response(whole, { status, headers });
}

function good(req) {
  const { searchParams } = new URL(req.url);
  const query = new URLSearchParams({ page: String(Number(searchParams.get("page")) + 1) });
  const rows = [1, 2, 3].map((row) => html`<li id="row-${row}">${row} < ${row + 1}</li>`);
  const content = html`<h1>${req.params.slug}</h1>
    <ul>
      ${rows}
    </ul>
    <a href="?${query}">${raw("next")}</a>`;
  return page(req, { title: `Good ${req.params.slug.toUpperCase()}`, content });
}

async function note(req) {
  const form = await req.formData();
  const added = new Note(form.get("name") ?? "", `${form.get("text")}`.trim().slice(0, 80));
  notes.push(added);
  announce("note", added.markup);
  const headers = new Headers(type);
  headers.append("Set-Cookie", "guest=2; Path=/");
  return new Response(`<ol>${notes.map(({ markup }) => markup).join("")}</ol>`, { headers });
}

export default {
  routes: {
    "/": (req) => page(req, { title: "Rehearsal", content: html`<p>${notes.length}</p>` }),
    "/goods/:slug": good,
    "/notes": { GET: () => Response.redirect("/"), POST: note },
    "/plain": new Response("as it is", { headers: type }),
    "/data": () => Response.json({ notes, seen: Math.round(Math.random() * 9) }),
    "/events": events,
    "/chat": connect,
  },
  fetch(req) {
    const { pathname } = new URL(req.url);
    if (pathname === "/fault") throw new TypeError("as planned");
    console.log("nothing at", pathname);
    return new Response("Not found", { status: 404 });
  },
  error: (error) => new Response(error.message, { status: 500 }),
  websocket: chat,
};
