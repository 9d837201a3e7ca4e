// Rooms: what was said in each of them, and the page that shows it.
import { html } from "hono/html";
import { notFound, page } from "./layout.js";

const REMEMBERED = 200;
const rooms = new Map(
  ["Lobby", "Tea room", "Games"].map((title) => [
    title.toLowerCase().replace(" ", "-"),
    { title, log: [] },
  ]),
);

export const room = (id) => rooms.get(id);

/** Writes down what somebody says. */
export function remember(room, name, message) {
  const line = { markup: html`<li><b>${name}</b> ${message}</li>` };
  room.log.push(line);
  if (room.log.length > REMEMBERED) room.log.shift();
  return line;
}

export function roomPage(req) {
  const id = req.params?.room ?? "lobby";
  const here = room(id);
  if (!here) return notFound(req, "There is no room of this name.");
  const content = html`
    <nav class="tabs" aria-label="Rooms">${[...rooms].map((entry) => tab(entry, id))}</nav>
    <section id="room" aria-labelledby="room-name" data-room="${id}">
      <h2 id="room-name">${here.title}</h2>
      <div class="scroll" tabindex="0" role="log" aria-label="Messages">
        <ol id="log">
          ${here.log.map(({ markup }) => markup)}
        </ol>
      </div>
      <form id="say" ws-send hx-on::ws-config-send="this.reset()" autocomplete="off">
        <input type="hidden" name="room" value="${id}" />
        <input name="message" required maxlength="500" aria-label="Message" />
        <button>Send</button>
      </form>
    </section>
  `;
  return page(req, { title: here.title, content });
}

function tab([id, { title }], current) {
  const address = `/rooms/${id}`;
  return html`<a
    href="${address}"
    hx-get="${address}"
    hx-target="#page"
    hx-push-url="true"
    ${id === current ? html`aria-current="page"` : ""}
    >${title}</a
  > `;
}
