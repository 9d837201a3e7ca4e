// A controller whose routes are named by decorators.
type Handler = (req: Request) => Response;
const routes = new Map<string, { target: object; key: string }>();
const said: string[] = [];

function get(path: string) {
  return (target: object, key: string, _: PropertyDescriptor) =>
    void routes.set(path, { target, key });
}
function loud(_target: object, _key: string, descriptor: PropertyDescriptor) {
  const quiet = descriptor.value as (...values: unknown[]) => string;
  return { ...descriptor, value: (...values: unknown[]) => quiet(...values).toUpperCase() };
}
function named(name: string) {
  return <T extends new (...values: any[]) => object>(given: T) =>
    class extends given {
      label = name;
    };
}
const watch = (_target: object, key: string) => void said.push(`field ${key}`);
const note = (_target: object, key: string, index: number) => void said.push(`${key} ${index}`);
const step = (word: string) => (_: object, key: string, __: PropertyDescriptor) =>
  void said.push(`${word} ${key}`);

@named("greeter")
class Greeter {
  @watch greeting = "hello";

  @get("/hello")
  hello(_req: Request): Response {
    return new Response(this.word("you", 1));
  }
  @loud
  word(@note who: string, @note times: number): string {
    return `hello ${who} ${times}`;
  }
  @step("outer")
  @step("inner")
  twice(): void {}
  @get("/said") static said(): Response {
    return Response.json(said);
  }
}
const greeter = new Greeter() as Greeter & { label: string };

export default {
  fetch(req: Request): Response {
    const { pathname } = new URL(req.url);
    if (pathname === "/label") return Response.json([greeter.label, Object.keys(greeter)]);
    const route = routes.get(pathname);
    if (!route) return new Response(null, { status: 404 });
    const target = typeof route.target === "function" ? route.target : greeter;
    return (target as Record<string, Handler>)[route.key]!.call(target, req);
  },
};
