// Infinite scroll: each page's last row asks for the next.
const PAGE = 5;
const agents = Array.from({ length: 12 }, (_, n) => ({
  id: (n * 7919).toString(16),
  name: `Agent ${n}`,
}));

function rows(page) {
  const from = page * PAGE;
  const part = agents.slice(from, from + PAGE);
  return part
    .map(({ id, name }, at) => {
      const isLast = at === part.length - 1 && from + PAGE < agents.length;
      const more = isLast
        ? ` hx-get="/agents?page=${page + 1}" hx-trigger="revealed" hx-swap="afterend"`
        : "";
      return `<tr${more}><td>${name}</td><td>${id}</td></tr>`;
    })
    .join("");
}

const server = Bun.serve({
  async fetch(req) {
    const url = new URL(req.url);
    if (url.pathname !== "/agents") return Response.redirect("/agents?page=0", 302);
    const page = Number.parseInt(url.searchParams.get("page") ?? "0", 10);
    if (!Number.isInteger(page) || page < 0) return new Response("Bad page", { status: 400 });
    const isPartial = req.headers.get("hx-request") === "true";
    const body = isPartial ? rows(page) : `<table><tbody>${rows(page)}</tbody></table>`;
    return new Response(body, { headers: { "content-type": "text/html;charset=utf-8" } });
  },
});

console.log(`http://${server.hostname}:${server.port}`);
