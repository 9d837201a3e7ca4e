// A form that the server judges: it answers with the form again, or with the form and a new guest.
import { html } from "hono/html";

const guests = [];

export default {
  routes: {
    "/guests": { GET: () => page(list()), POST: sign },
  },
  fetch() {
    return new Response("There is no page at this address.", { status: 404 });
  },
};

async function sign(req) {
  const name = (await req.formData()).get("name")?.toString().trim() ?? "";
  if (name === "") return page(form(name, "Write your name first."));
  if (name.length > 40) return page(form(name, "Forty letters are enough for a name."));
  guests.unshift(name);
  // The form takes the place of the one that was sent; the list finds its own place.
  return page(html`${form("", "")} ${list(true)}`);
}

function form(name, trouble) {
  return html`
    <form id="sign" hx-post="/guests" hx-swap="outerHTML">
      <input
        name="name"
        value="${name}"
        aria-label="Your name"
        placeholder="Your name"
        autocomplete="off"
        ${trouble ? html`aria-invalid="true" aria-describedby="trouble"` : ""}
      />
      <button>Sign</button>
      ${trouble ? html`<p id="trouble" role="alert">${trouble}</p>` : ""}
    </form>
  `;
}

function list(isElsewhere = false) {
  return html`
    <ol id="guests" ${isElsewhere ? html`hx-swap-oob="true"` : ""}>
      ${guests.map((name) => html`<li>${name}</li>`)}
    </ol>
  `;
}

function page(markup) {
  return new Response(markup.toString(), {
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
}
