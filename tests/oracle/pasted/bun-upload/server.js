// An upload: what arrived is counted, and shown.
const files = [];

Bun.serve({
  maxRequestBodySize: 1024 * 1024,
  async fetch(req) {
    const { pathname } = new URL(req.url);
    if (req.method === "POST" && pathname === "/upload") {
      const form = await req.formData();
      const file = form.get("file");
      if (!(file instanceof Blob) || file.size === 0)
        return new Response("No file", { status: 400 });
      files.push({
        name: file.name,
        size: file.size,
        type: file.type,
        head: (await file.text()).slice(0, 5),
      });
      return Response.json(files.at(-1));
    }
    if (req.method === "PUT") {
      let bytes = 0;
      for await (const chunk of req.body ?? []) bytes += chunk.byteLength;
      return Response.json({ bytes });
    }
    return new Response(Buffer.from(JSON.stringify(files)), {
      headers: { "content-type": "application/json" },
    });
  },
});
