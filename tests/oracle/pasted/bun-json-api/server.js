// A JSON API with CORS, and errors as JSON.
const books = [{ id: 1, title: "Dune" }];
const cors = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
  "Access-Control-Allow-Headers": "Content-Type",
};
const json = (value, status = 200) => Response.json(value, { status, headers: cors });

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function handle(req) {
  const { pathname } = new URL(req.url);
  const [, resource, id] = pathname.split("/");
  if (req.method === "OPTIONS") return new Response(null, { status: 204, headers: cors });
  if (resource !== "books") throw new HttpError(404, `no resource ${resource}`);
  if (req.method === "GET" && !id) return json(books);
  if (req.method === "GET") {
    const book = books.find((each) => each.id === Number(id));
    if (!book) throw new HttpError(404, `no book ${id}`);
    return json(book);
  }
  if (req.method === "POST") {
    let body;
    try {
      body = await req.json();
    } catch {
      throw new HttpError(400, "the body is no JSON");
    }
    const book = { id: books.length + 1, ...body };
    books.push(book);
    return json(book, 201);
  }
  throw new HttpError(405, `${req.method} is not allowed`);
}

Bun.serve({
  port: 3001,
  fetch: handle,
  error(error) {
    return json({ error: error.message }, error.status ?? 500);
  },
});
