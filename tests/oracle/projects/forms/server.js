// What a server reads of a request.
const seenFile = async (file) => ({
  name: file.name,
  type: file.type,
  size: file.size,
  text: await file.text(),
});

async function seenForm(form) {
  const entries = [];
  for (const [name, value] of form) {
    entries.push([name, value instanceof File ? await seenFile(value) : value]);
  }
  return entries;
}

const readers = {
  text: (req) => req.text(),
  json: (req) => req.json(),
  bytes: async (req) => [...(await req.bytes())],
  arrayBuffer: async (req) => (await req.arrayBuffer()).byteLength,
  blob: async (req) => seenFile(await req.blob()),
  form: async (req) => seenForm(await req.formData()),
  pieces: async (req) => {
    let size = 0;
    for await (const piece of req.body ?? []) size += piece.length;
    return size;
  },
  body: (req) => [req.body === null, req.bodyUsed],
  twice: async (req) => [await req.text(), req.bodyUsed, await req.text()],
  clone: async (req) => {
    const twin = req.clone();
    return [await req.text(), await twin.text()];
  },
  copy: async (req) => {
    const copy = new Request(req, { headers: { "X-New": "1" } });
    return [copy.method, [...copy.headers], await copy.text()];
  },
  head: (req) => ({
    method: req.method,
    url: req.url,
    headers: [...req.headers].filter(([name]) => name.startsWith("x-")),
    hx: req.headers.get("HX-Request"),
    destination: req.destination,
    signal: req.signal.aborted,
    keys: [...req.headers.keys()].includes("host"),
  }),
};

export default {
  async fetch(req) {
    const name = new URL(req.url).pathname.slice(1);
    try {
      return Response.json((await readers[name](req)) ?? null);
    } catch (error) {
      return Response.json({ name: error.name, is: error instanceof Error }, { status: 400 });
    }
  },
};
