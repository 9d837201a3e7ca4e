// Every lesson's project: its pages and what they link to, with and without htmx, its forms, its
// sockets and its streams.

const HTMX = { "hx-request": "true", "hx-current-url": "http://127.0.0.1/" };
const MOST_PAGES = 12;

export default async function ({ port, get, ask, socket, stream, mask }, files) {
  mask(/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "UUID");
  // Ids that begin with the start's time.
  mask(/\b[a-z0-9]{8}(?=[-/]\d+\b)/g, "START");

  const seen = new Set(["/"]);
  const sources = [];
  for (const path of seen) {
    const { body = "", headers = {} } = await get(path);
    if (!/^text\/html/.test(headers["content-type"] ?? "")) continue;
    sources.push(body);
    for (const link of linksIn(body)) if (seen.size < MOST_PAGES) seen.add(link);
  }
  for (const path of [...seen].slice(0, 4)) await get(path, { as: "by htmx", headers: HTMX });
  for (const name of Object.keys(files)) await get(`/${name}`);
  await get("/a/page/that/is/not/there");
  await ask("HEAD", "/");
  await ask("POST", "/", { body: "nothing" });

  const text = [...sources, ...Object.values(files)].join("\n");
  for (const path of attributes(text, "sse-connect")) {
    const page = await stream(path, { who: `the stream ${path}` });
    await page.until("\n\n");
    page.leave();
  }
  for (const path of attributes(text, "ws-connect")) {
    const headers = { origin: "http://elsewhere.example" };
    const stranger = await socket(path, { who: `a stranger at ${path}`, headers });
    stranger?.cut();
    const origin = `http://127.0.0.1:${port}`;
    const page = await socket(path, { who: `the page at ${path}`, headers: { origin } });
    page?.cut();
  }
}

const attributes = (text, name) => [
  ...new Set([...text.matchAll(new RegExp(`${name}="(/[^"$]*)"`, "g"))].map(([, path]) => path)),
];

const linksIn = (text) =>
  ["href", "hx-get", "src"].flatMap((name) =>
    attributes(text, name).map((path) => path.replaceAll("&amp;", "&")),
  );
