// A bucket of tokens for each visitor, as middleware around any handler.
type Handler = (req: Request, server: Bun.Server<undefined>) => Response | Promise<Response>;
interface Bucket {
  tokens: number;
  since: number;
}

class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  constructor(
    private readonly size: number,
    private readonly perMinute: number,
  ) {}

  take(key: string, now = Date.now()): { allowed: boolean; left: number; wait: number } {
    const bucket = this.#buckets.get(key) ?? { tokens: this.size, since: now };
    const grown = ((now - bucket.since) / 60_000) * this.perMinute;
    const tokens = Math.min(this.size, bucket.tokens + grown);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, since: now });
    return {
      allowed,
      left: Math.floor(allowed ? tokens - 1 : tokens),
      wait: Math.ceil((60 / this.perMinute) * (1 - (tokens % 1))),
    };
  }
}

const limited =
  (limiter: RateLimiter, handler: Handler): Handler =>
  async (req, server) => {
    const key = req.headers.get("x-api-key") ?? server.requestIP(req)?.address ?? "nobody";
    const { allowed, left, wait } = limiter.take(key);
    const headers = { "RateLimit-Limit": "3", "RateLimit-Remaining": String(left) };
    if (!allowed) {
      return new Response("Too many requests", {
        status: 429,
        headers: { ...headers, "Retry-After": String(wait) },
      });
    }
    const response = await handler(req, server);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };

const limiter = new RateLimiter(3, 1);
let served = 0;

export default {
  fetch: limited(limiter, (req) => {
    served++;
    return Response.json({ served, path: new URL(req.url).pathname });
  }),
} satisfies { fetch: Handler };
