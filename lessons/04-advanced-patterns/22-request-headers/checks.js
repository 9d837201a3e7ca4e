const link = (client, name) => client.getByRole("link", { name });
const heading = (client, name) => client.getByRole("heading", { name });
const isWhole = (text) => /<html/i.test(text);

// What stands on every whole page, around <main>.
const expectWhole = async (expect, client) => {
  await expect(client.getByRole("navigation", { name: "Lobby" })).toBeVisible();
  await expect(client.locate("#say [name=message]")).toBeVisible();
};

// Requests for one address, as htmx and a browser send them.
const REQUESTS = {
  "the browser": {},
  "a click on “All”": { "HX-Request": "true", "HX-Target": "page" },
  "the search": { "HX-Request": "true", "HX-Target": "results" },
  "a boosted link": { "HX-Request": "true", "HX-Boosted": "true" },
  "Back without a copy": { "HX-Request": "true", "HX-History-Restore-Request": "true" },
};

const kindOf = (text) => `${isWhole(text)} ${text.includes('id="search"')}`;

// Whether a cache may take these two requests for the same.
const isConfused = (one, other) => {
  if (one.kind === other.kind || one.control.includes("no-store")) return false;
  const tells = (name) => name === "*" || one.sent[name] !== other.sent[name];
  return !one.vary.some(tells);
};

export default [
  {
    id: "fragment",
    expects:
      "A click on “Mint tea” is answered with what goes inside <main>, not with a whole page.",
    hint: "Look at the click's request in the Wire: which headers has it that a browser's own request has not?",
    seconds: 15,
    wire: [{ request: "GET", path: "/catalogue/mint-tea", header: { "hx-request": "true" } }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await link(alice, "Mint tea").click();
      await expect(heading(alice, "Mint tea")).toBeVisible();
      await expect(alice).toHaveTitle("Mint tea · Lobby");
      const { body } = await wire.find({ request: "GET", path: "/catalogue/mint-tea" });
      expect(isWhole(body) ? "a whole page" : "a part", "the answer").toBe("a part");
    },
  },
  {
    id: "whole-page",
    expects: "The same address is a whole page after a reload, and for whoever opens it by itself.",
    hint: "Without `HX-Request` it is the browser that asks, and it needs everything.",
    seconds: 25,
    wire: [
      { request: "GET", path: "/catalogue/mint-tea", client: "No browser", contains: "<html" },
    ],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      await link(alice, "Mint tea").click();
      await expect(alice).toHaveAddress("/catalogue/mint-tea");
      await alice.reload();
      await expect(heading(alice, "Mint tea")).toBeVisible();
      await expectWhole(expect, alice);
      const bob = await open("Bob", "/catalogue/mint-tea");
      await expectWhole(expect, bob);
      const { text } = await server.request("/catalogue/mint-tea");
      expect(isWhole(text) ? "a whole page" : "a part", "the answer without a browser").toBe(
        "a whole page",
      );
    },
  },
  {
    id: "boosted",
    expects:
      "The boosted link “About” is answered with a whole page, and nothing around <main> is lost.",
    hint: "A boosted link is sent by htmx as well. Which header tells it apart?",
    seconds: 15,
    wire: [{ request: "GET", path: "/about", header: { "hx-boosted": "true" } }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await link(alice, "About").click();
      await expect(heading(alice, "About Lobby")).toBeVisible();
      await expectWhole(expect, alice);
    },
  },
  {
    id: "way-back",
    expects:
      "“Games”, then “Marbles”: Back and Forward show each view again, in the whole page with nav and chat.",
    hint: "Back asks for the address that was left, and says so in a header of its own. Or has a cache answered?",
    seconds: 25,
    wire: [
      { request: "GET", header: { "hx-request": "true" }, path: "/catalogue*" },
      { request: "GET", header: { "hx-history-restore-request": "true" }, path: "/catalogue*" },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await link(alice, "Games").click();
      await expect(link(alice, "Marbles")).toBeVisible();
      await link(alice, "Marbles").click();
      await expect(heading(alice, "Marbles")).toBeVisible();
      await alice.back();
      await expect(link(alice, "Dominoes")).toBeVisible();
      await expect(alice.locate("#search")).toBeVisible();
      await expectWhole(expect, alice);
      await alice.forward();
      await expect(heading(alice, "Marbles")).toBeVisible();
      await expectWhole(expect, alice);
    },
  },
  {
    id: "cache",
    expects:
      "Where two requests for /catalogue get different answers, no cache can give one for the other.",
    hint: "`Vary` names each request header that the answer depends on; `no-store` forbids to keep one.",
    wire: [{ request: "GET", path: "/catalogue", client: "No browser", status: 200, times: 5 }],
    async run({ server, expect }) {
      const answers = [];
      for (const [name, headers] of Object.entries(REQUESTS)) {
        const { headers: got, text } = await server.request("/catalogue", { headers });
        const sent = Object.fromEntries(
          Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
        );
        const vary = (got.vary ?? "").toLowerCase().split(/\s*,\s*/);
        answers.push({ name, sent, kind: kindOf(text), vary, control: got["cache-control"] ?? "" });
      }
      const confused = answers.flatMap((one) =>
        answers
          .filter((other) => isConfused(one, other))
          .map((other) => `what ${one.name} gets is given to ${other.name}`),
      );
      expect(confused, "what a cache can confuse").toEqual([]);
    },
  },
  {
    id: "part",
    expects:
      "While Alice types into the search, the answers hold the results, and not the search form.",
    hint: "The server knows which element the answer is for: htmx sends its id.",
    seconds: 20,
    wire: [
      { request: "GET", client: "Alice", header: { "hx-request": "true" }, contains: "Jigsaw" },
    ],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await alice.getByPlaceholderText("Search").fill("jig");
      await expect(link(alice, "Jigsaw: the harbour")).toBeVisible();
      await expect(link(alice, "Mint tea")).toBeGone();
      await expect(alice.getByPlaceholderText("Search")).toHaveValue("jig");
      const asked = await wire.all({ request: "GET", header: { "hx-request": "true" } });
      const searched = asked.filter(({ path }) => path.includes("q=jig"));
      expect(searched.length, "the number of requests with q=jig").toBeGreaterThan(0);
      for (const { body } of searched) {
        expect(body, "an answer to the search").toContain("Jigsaw");
        expect(body, "an answer to the search").not.toContain("<form");
      }
      await alice.reload();
      await expect(link(alice, "Jigsaw: the harbour")).toBeVisible();
      await expectWhole(expect, alice);
    },
  },
];
