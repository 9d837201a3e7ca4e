// Rooms: what was said in each of them, and the page that shows it.
import { html, raw } from "hono/html";
import { notFound, page } from "./layout.js";

const REMEMBERED = 200;
const rooms = new Map(
  ["Lobby", "Tea room", "Games"].map((title) => [
    title.toLowerCase().replace(" ", "-"),
    { title, log: [], count: 0 },
  ]),
);

// Numbers start anew when the server does, so a bookmark also says which start it belongs to.
const start = Date.now().toString(36);

export const room = (id) => rooms.get(id);

/** Writes down what somebody says. */
export function remember(room, name, message) {
  room.count += 1;
  const line = { number: room.count, markup: raw(`<li><b>${name}</b> ${message}</li>`) };
  room.log.push(line);
  if (room.log.length > REMEMBERED) room.log.shift();
  return line;
}

/** What was said after a bookmark: of another start, that is everything. */
export function since(room, bookmark) {
  const [itsStart, number] = bookmark.split("/");
  if (itsStart !== start) return room.log;
  return room.log.filter((line) => line.number > Number(number));
}

/** The bookmark lies in the page, as a field of the form that is sent when the line opens. */
export function bookmark(room) {
  return html`<input type="hidden" id="after" name="after" value="${start}/${room.count}" />`;
}

export function roomPage(req) {
  const id = req.params?.room ?? "lobby";
  const here = room(id);
  if (!here) return notFound(req, "There is no room of this name.");
  const content = html`
    <nav class="tabs" aria-label="Rooms">${[...rooms].map((entry) => tab(entry, id))}</nav>
    <section id="room" aria-labelledby="room-name" ws-connect="/rooms/${id}/line">
      <h2 id="room-name">${here.title}</h2>
      <p id="status" role="status"></p>
      <div class="scroll" tabindex="0" role="log" aria-label="Messages">
        <ol id="log">
          ${here.log.map(({ markup }) => markup)}
        </ol>
      </div>
      <form ws-send hx-trigger="htmx:wsOpen from:#room" hidden>${bookmark(here)}</form>
      <form id="say" ws-send hx-on::ws-config-send="this.reset()" autocomplete="off">
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
