// A counter and its events, in a file that is called as `bun init` calls it.
type Listener = (value: number) => void;

class Counter {
  private value = 0;
  private readonly listeners = new Set<Listener>();
  listen(listener: Listener): () => boolean {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  add(by: number): number {
    this.value += by;
    for (const listener of this.listeners) listener(this.value);
    return this.value;
  }
}
const counter = new Counter();

async function* events(count: number): AsyncGenerator<string, void, unknown> {
  let wake: Listener = () => {};
  const stop = counter.listen((value) => wake(value));
  try {
    for (let sent = 0; sent < count; sent++) {
      const value = await new Promise<number>((resolve) => {
        wake = resolve;
        if (sent === 0) setTimeout(() => counter.add(0));
      });
      yield `event: count\ndata: ${value}\n\n`;
    }
  } finally {
    stop();
  }
}

export default {
  port: 3000 as number,
  fetch: async (req: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(req.url);
    if (pathname === "/add")
      return new Response(`${counter.add(Number(searchParams.get("by") ?? 1))}`);
    if (pathname !== "/events") return new Response("?", { status: 404 });
    const headers: HeadersInit = { "content-type": "text/event-stream" };
    return new Response(events(3) as unknown as BodyInit, { headers });
  },
};
