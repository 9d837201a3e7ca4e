// A service in TypeScript: enums, generics, overloads, classes with parameter properties, `satisfies`.
import type { Server } from "bun";

const enum Limit {
  Short = 5,
  Long = 1 << 4,
}
export enum Level {
  Low,
  Middle = Low + 5,
  High,
  Named = "named",
}

interface Entity<Id extends string | number = number> {
  readonly id: Id;
  title?: string;
}
type Book = Entity & { level: Level; tags: readonly string[] };
type Listed<T> = { [Key in keyof T]: T[Key] extends Level ? string : T[Key] };

abstract class Shelf<T extends Entity> {
  static count = 0;
  declare hint: string;
  protected things = new Map<number, T>();
  #changes = 0;
  note?: string;
  constructor(
    public readonly name: string,
    private limit: number = Limit.Long,
  ) {
    Shelf.count += 1;
  }
  abstract describe(thing: T): string;
  get changes(): number {
    return this.#changes;
  }
  add(thing: T): this {
    if (this.things.size >= this.limit) throw new RangeError(`${this.name} is full`);
    this.#changes++;
    this.things.set(thing.id, thing);
    return this;
  }
  all(): T[] {
    return [...this.things.values()];
  }
}

class Books extends Shelf<Book> {
  override describe({ title = "untitled", level, tags }: Book): string {
    return `${title} (${Level[level] ?? level}): ${tags.join()}`;
  }
}

function label(value: string): string;
function label(value: number): string;
function label(value: string | number): string {
  return typeof value === "number" ? `#${value}` : `“${value}”`;
}
const isBook = (value: unknown): value is Book => typeof (value as Book)?.id === "number";
function assertBook(value: unknown): asserts value is Book {
  if (!isBook(value)) throw new TypeError("not a book");
}
const first = <T>(list: readonly T[]): T | undefined => list[0];
const last = <T extends unknown[]>(list: T) => list.at(-1) as T[number];

namespace Shelves {
  export const books = new Books("books", Limit.Short);
  export namespace Names {
    export const short = "b";
  }
  export function fill(count: number) {
    for (let id = 1; id <= count; id++) books.add({ id, level: id as Level, tags: ["a", "b"] });
  }
}
Shelves.fill(3);

const json = (value: unknown, init?: ResponseInit): Response => Response.json(value, init);
const tuple = [1, "two", true] as const satisfies readonly [number, string, boolean];

export default {
  routes: {
    "/books": {
      GET: () => json(Shelves.books.all() satisfies Book[]),
      async POST(req: Request) {
        const body: unknown = await req.json();
        try {
          assertBook(body);
          Shelves.books.add(body);
          return json(Shelves.books.describe(body!), { status: 201 });
        } catch (error: unknown) {
          return json({ error: (error as Error).message }, { status: 422 });
        }
      },
    },
    "/books/:id": (req: Request & { params: { id: string } }) => {
      const book = Shelves.books.all().find((it): it is Book => it.id === Number(req.params.id));
      return book ? json(<Listed<Book>>(<unknown>book)) : json(null, { status: 404 });
    },
  },
  fetch(req: Request, server: Server<undefined>): Response {
    const { pathname }: URL = new URL(req.url);
    switch (pathname as `/${string}`) {
      case "/levels":
        return json([Level, Level.High, Level[5], Limit.Long, Object.keys(Level)]);
      case "/shape":
        return json([
          Object.keys(Shelves.books),
          Shelves.books.changes,
          Shelf.count,
          Shelves.Names.short,
        ]);
      case "/generic":
        return json([
          first([1, 2])!,
          last(["a", "b"]),
          label(1),
          label("x"),
          tuple,
          typeof server.port,
        ]);
      default:
        return new Response("nothing here" as string, { status: 404 });
    }
  },
} satisfies { routes: object; fetch: (req: Request, server: Server<undefined>) => Response };
