// Long bodies of requests, read in every way: they come in pieces, which nobody notices who does not look.

const hashOf = (bytes) => Bun.hash(bytes).toString(16);
const sum = async (stream) => {
  let count = 0;
  for await (const piece of stream) count += piece.byteLength;
  return count;
};

const ways = {
  text: async (req) => hashOf(await req.text()),
  json: async (req) => (await req.json()).list.length,
  bytes: async (req) => hashOf(await req.bytes()),
  buffer: async (req) => (await req.arrayBuffer()).byteLength,
  blob: async (req) => (await req.blob()).size,
  async form(req) {
    const form = await req.formData();
    const file = form.get("file");
    return [form.get("name"), file.name, file.type, file.size, hashOf(await file.bytes())];
  },
  stream: (req) => sum(req.body),
  async reader(req) {
    const reader = req.body.getReader();
    const { value, done } = await reader.read();
    await reader.cancel();
    return [value.constructor.name, done];
  },
  async twin(req) {
    const twin = req.clone();
    return [hashOf(await req.bytes()), hashOf(await twin.bytes())];
  },
  copy: async (req) => hashOf(await new Request(req).text()),
  async twice(req) {
    await req.text();
    return [req.bodyUsed, await req.text().catch((error) => error.name)];
  },
  ignored: () => "not read",
  async late(req) {
    await Bun.sleep(20);
    return sum(req.body);
  },
  async hasher(req) {
    const hasher = new Bun.CryptoHasher("sha256");
    for await (const piece of req.body) hasher.update(piece);
    return hasher.digest("hex");
  },
  async unpacked(req) {
    return hashOf(Bun.gunzipSync(await req.bytes()));
  },
};

export default {
  maxRequestBodySize: 3_000_000,
  routes: {
    "/echo": (req) => new Response(req.body),
    "/:way": async (req) => Response.json((await ways[req.params.way](req)) ?? null),
  },
  fetch: () => new Response("nothing here", { status: 404 }),
};
