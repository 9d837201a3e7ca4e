// Active search over a list, with a count in a header.
const people = [
  "Ada Lovelace",
  "Alan Turing",
  "Grace Hopper",
  "Edsger Dijkstra",
  "Barbara Liskov",
].map((name, index) => ({
  id: index + 1,
  name,
  email: `${name.split(" ")[0].toLowerCase()}@example.org`,
}));
const rows = (found) =>
  found.map(({ name, email }) => `<tr><td>${name}</td><td>${email}</td></tr>`).join("\n");

export default {
  async fetch(request) {
    const url = new URL(request.url);
    switch (`${request.method} ${url.pathname}`) {
      case "GET /":
        return new Response(
          `<input type="search" name="q" hx-post="/search" hx-trigger="input changed delay:300ms, search" hx-target="tbody"><table><tbody>${rows(people)}</tbody></table>`,
          { headers: { "Content-Type": "text/html" } },
        );
      case "POST /search": {
        const body = new URLSearchParams(await request.text());
        const query = (body.get("q") ?? "").trim().toLowerCase();
        const found = people.filter(({ name }) => name.toLowerCase().includes(query));
        return new Response(rows(found) || "<tr><td>Nobody</td></tr>", {
          headers: {
            "Content-Type": "text/html",
            "Total-Count": String(found.length),
            Vary: "HX-Request",
          },
        });
      }
      default:
        return new Response("Not Found", { status: 404 });
    }
  },
};
