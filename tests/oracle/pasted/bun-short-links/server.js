// Short links: the name of a link is a hash of where it leads.
import { serve, hash } from "bun";

const links = new Map();
const short = (target) => hash(target).toString(36).slice(0, 7);

serve({
  routes: {
    "/api/links": {
      GET: () => Response.json(Object.fromEntries(links)),
      POST: async (req) => {
        let target;
        try {
          target = new URL((await req.formData()).get("url"));
        } catch {
          return new Response("That is no address", { status: 400 });
        }
        if (!/^https?:$/.test(target.protocol))
          return new Response("Only http and https", { status: 400 });
        const name = short(target.href);
        const isNew = !links.has(name);
        if (isNew) links.set(name, { target: target.href, visits: 0 });
        return new Response(`<a href="/${name}">${name}</a>`, {
          status: isNew ? 201 : 200,
          headers: { "Content-Type": "text/html", "HX-Trigger": "linked" },
        });
      },
    },
    "/:name": (req) => {
      const link = links.get(req.params.name);
      if (!link) return new Response("No such link", { status: 404 });
      link.visits += 1;
      return Response.redirect(link.target, 302);
    },
    "/:name/stats": (req) => {
      const link = links.get(req.params.name);
      return link ? Response.json(link) : new Response("No such link", { status: 404 });
    },
  },
  fetch: () => new Response("Shorten something"),
});
