// Click to edit, in two files.
import { form, view } from "./contact.js";

const contact = { first: "Joe", last: "Blow", email: "joe@blow.example" };
const html = (text) => new Response(text, { headers: { "Content-Type": "text/html" } });

Bun.serve({
  port: process.env.PORT ?? 3000,
  hostname: "0.0.0.0",
  routes: {
    "/contact/1": {
      GET: () => html(view(contact)),
      async PUT(req) {
        const sent = await req.formData();
        for (const name of Object.keys(contact)) contact[name] = sent.get(name) ?? contact[name];
        return html(view(contact));
      },
    },
    "/contact/1/edit": () => html(form(contact)),
  },
  fetch: () => new Response("Not found", { status: 404 }),
});
