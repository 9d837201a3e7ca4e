import { page } from "./page.js";

const type = { "Content-Type": "text/html; charset=utf-8" };

export default {
  routes: {
    "/": (req) => new Response(page(req.headers.get("host")), { headers: type }),
  },
  fetch: () => new Response("Not found", { status: 404 }),
};
