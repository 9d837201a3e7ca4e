// Each member's own notes. What one page writes, the member's other pages hear by a stream of their own.
import { html } from "hono/html";
import { page, wantsFragment } from "./layout.js";
import { mustSignIn } from "./members.js";
import { whileSomeoneListens } from "./notifications.js";
import { sessionOf } from "./session.js";

const MANY = 20;
const notes = new Map();
const readers = new Set();

export function notesPage(req) {
  const session = sessionOf(req);
  if (!session) return mustSignIn(req);
  const content = html`
    <h2>Your notes</h2>
    <form
      action="/notes"
      method="post"
      hx-post="/notes"
      hx-target="#notes"
      hx-on::after-request="if (event.detail.successful) this.reset()"
      autocomplete="off"
    >
      <input name="note" required maxlength="200" aria-label="A note" />
      <button>Keep</button>
    </form>
    <div sse-connect="/inbox">
      <ul id="notes" class="goods" sse-swap="notes">
        ${rows(session.member)}
      </ul>
    </div>
  `;
  return page(req, { title: "Your notes", content });
}

export async function keepNote(req) {
  const session = sessionOf(req);
  if (!session) return mustSignIn(req);
  const note = String((await req.formData()).get("note") ?? "").trim();
  if (note) keep(session.member, note.slice(0, 200));
  if (!wantsFragment(req))
    return new Response(null, { status: 303, headers: { Location: "/notes" } });
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(rows(session.member).toString(), { headers });
}

export function inbox(req) {
  const session = sessionOf(req);
  let reader;
  const body = new ReadableStream({
    start(stream) {
      reader = { stream, member: session?.member };
      readers.add(reader);
      stream.enqueue("retry: 1000\n\n");
    },
    cancel() {
      readers.delete(reader);
    },
  });
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" };
  return new Response(body, { headers: { ...headers, "X-Accel-Buffering": "no" } });
}

// Servers and proxies cut a stream that stays silent.
whileSomeoneListens(5000, () => {
  for (const { stream } of readers) stream.enqueue(": still here\n\n");
});

function keep(member, note) {
  const own = [note, ...(notes.get(member) ?? [])].slice(0, MANY);
  notes.set(member, own);
  for (const reader of readers) {
    if (reader.member === member) reader.stream.enqueue(asEvent("notes", rows(member)));
  }
}

function rows(member) {
  return html`${(notes.get(member) ?? []).map((note) => html`<li>${note}</li>`)}`;
}

function asEvent(name, markup) {
  const lines = String(markup).split("\n");
  return `event: ${name}\n${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}
