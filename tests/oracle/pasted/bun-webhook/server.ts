// Webhooks: the signature is checked, the work is done later, and its state can be asked for.
import { timingSafeEqual } from "node:crypto";

type Job = {
  id: number;
  event: string;
  state: "queued" | "running" | "done" | "failed";
  tries: number;
};
const SECRET = Bun.env.WEBHOOK_SECRET ?? "secret";
const jobs: Job[] = [];
const queue: Job[] = [];
const delivered = new Set<string>();
let busy = false;

async function work() {
  if (busy) return;
  busy = true;
  for (let job = queue.shift(); job; job = queue.shift()) {
    job.state = "running";
    job.tries += 1;
    await Bun.sleep(5);
    if (job.event === "fails" && job.tries < 3) queue.push(job);
    else job.state = job.event === "impossible" ? "failed" : "done";
  }
  busy = false;
}

function genuine(body: string, signature: string | null): boolean {
  const right = `sha256=${new Bun.CryptoHasher("sha256", SECRET).update(body).digest("hex")}`;
  const [a, b] = [Buffer.from(signature ?? ""), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

Bun.serve({
  routes: {
    "/hooks": {
      async POST(req) {
        const body = await req.text();
        if (!genuine(body, req.headers.get("x-signature-256")))
          return new Response("forged", { status: 403 });
        const delivery = req.headers.get("x-delivery") ?? Bun.randomUUIDv7();
        if (delivered.has(delivery)) return new Response("known already");
        delivered.add(delivery);
        const job: Job = {
          id: jobs.length + 1,
          event: JSON.parse(body).event,
          state: "queued",
          tries: 0,
        };
        jobs.push(job);
        queue.push(job);
        queueMicrotask(work);
        return Response.json(
          { job: job.id },
          { status: 202, headers: { Location: `/jobs/${job.id}` } },
        );
      },
    },
    "/jobs/:id": (req) => {
      const job = jobs.find(({ id }) => id === Number(req.params.id));
      return job ? Response.json(job) : new Response("no such job", { status: 404 });
    },
  },
  fetch: () => new Response(null, { status: 404 }),
});
