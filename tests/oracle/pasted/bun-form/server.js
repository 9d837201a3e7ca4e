// A form with validation on the server, and inline checks of single fields.
const rules = {
  email: (value) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? "" : "This is no e-mail address"),
  password: (value) => (value.length >= 8 ? "" : "At least 8 characters"),
  age: (value) => (Number(value) >= 18 ? "" : "You must be 18 or older"),
};

const field = (name, value = "", fault = "") => `<label class="${fault ? "error" : ""}">${name}
<input name="${name}" value="${Bun.escapeHTML(value)}" hx-post="/check/${name}" hx-target="closest label" hx-swap="outerHTML">
${fault ? `<small>${fault}</small>` : ""}</label>`;

const form = (values = {}, faults = {}) =>
  `<form hx-post="/signup" novalidate>${Object.keys(rules)
    .map((name) => field(name, values[name], faults[name]))
    .join("")}<button>Sign up</button></form>`;

const html = (text, status = 200) =>
  new Response(text, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });

Bun.serve({
  routes: {
    "/": () => html(form()),
    "/check/:field": {
      POST: async (req) => {
        const { field: name } = req.params;
        const value = String((await req.formData()).get(name) ?? "");
        return name in rules
          ? html(field(name, value, rules[name](value)))
          : html("no such field", 404);
      },
    },
    "/signup": {
      async POST(req) {
        const values = Object.fromEntries(await req.formData());
        const faults = {};
        for (const [name, rule] of Object.entries(rules)) {
          const fault = rule(values[name] ?? "");
          if (fault) faults[name] = fault;
        }
        if (Object.keys(faults).length > 0) return html(form(values, faults), 422);
        return new Response(null, { status: 204, headers: { "HX-Redirect": "/welcome" } });
      },
    },
    "/welcome": () => html("<h1>Welcome</h1>"),
  },
  fetch: () => html("<h1>Not found</h1>", 404),
});
