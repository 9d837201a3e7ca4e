// A typed REST API: a handler for each method of each route.
import type { BunRequest, Server } from "bun";

interface Movie {
  id: number;
  title: string;
  year: number;
  tags?: string[];
}
type Draft = Omit<Movie, "id">;

enum Status {
  Created = 201,
  NoContent = 204,
  NotFound = 404,
  Invalid = 422,
}

const movies = new Map<number, Movie>([
  [1, { id: 1, title: "Metropolis", year: 1927, tags: ["silent"] }],
  [2, { id: 2, title: "Stalker", year: 1979 }],
]);

const problem = (title: string, status: Status): Response =>
  Response.json(
    { title, status },
    { status, headers: { "content-type": "application/problem+json" } },
  );

function valid(draft: unknown): draft is Draft {
  const { title, year } = (draft ?? {}) as Partial<Draft>;
  return typeof title === "string" && title.trim() !== "" && Number.isInteger(year);
}
const find = (req: BunRequest<"/api/movies/:id">) => movies.get(Number(req.params.id));

const server = Bun.serve({
  port: process.env.PORT ?? 3000,
  routes: {
    "/health": new Response("OK"),
    "/api/movies": {
      GET: (req) => {
        const before = Number(new URL(req.url).searchParams.get("before") ?? Infinity);
        return Response.json([...movies.values()].filter(({ year }) => year < before));
      },
      POST: async (req) => {
        const draft: unknown = await req.json().catch(() => null);
        if (!valid(draft)) return problem("A movie has a title and a year", Status.Invalid);
        const movie: Movie = { id: movies.size + 1, ...draft };
        movies.set(movie.id, movie);
        const headers = { location: `/api/movies/${movie.id}` };
        return Response.json(movie, { status: Status.Created, headers });
      },
    },
    "/api/movies/:id": {
      GET: (req) => {
        const movie = find(req);
        return movie ? Response.json(movie) : problem("No such movie", Status.NotFound);
      },
      PATCH: async (req) => {
        const movie = find(req);
        if (!movie) return problem("No such movie", Status.NotFound);
        Object.assign(movie, (await req.json()) satisfies Partial<Draft>);
        return Response.json(movie);
      },
      DELETE: (req) =>
        movies.delete(Number(req.params.id))
          ? new Response(null, { status: Status.NoContent })
          : problem("No such movie", Status.NotFound),
    },
    "/api/*": () => problem("No such thing", Status.NotFound),
    "/films": Response.redirect("/api/movies", 301),
  },
  fetch(req: Request, server: Server<undefined>): Response {
    return new Response(`${req.method} ${new URL(req.url).pathname} is not known`, { status: 404 });
  },
  error(error: Error) {
    return problem(error.name, 500 as Status);
  },
});

console.log(`Listening on ${server.url}`);
