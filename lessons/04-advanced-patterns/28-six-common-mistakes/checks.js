const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const heading = (client, name) => client.getByRole("heading", { name });

const signIn = async (client, expect) => {
  await link(client, "Sign in").click();
  await client.getByPlaceholderText("Your name").fill("Ada");
  await button(client, "Sign in").click();
  await expect(link(client, "You")).toBeVisible();
};

// One address, asked for as htmx and a browser do.
const WAYS = {
  "a link in the list": { "HX-Request": "true", "HX-Target": "page" },
  "a boosted link": { "HX-Request": "true", "HX-Boosted": "true" },
  Back: { "HX-Request": "true", "HX-History-Restore-Request": "true" },
  "the browser": {},
};

const listOf = (value = "") =>
  value
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());

const isKept = (headers) => !listOf(headers["cache-control"]).includes("no-store");

// Whether a cache may take one of two requests for the other, and so give a fragment for a page.
const isConfused = (one, other) => {
  if (one.isWhole === other.isWhole || !isKept(one.headers)) return false;
  const differs = (name) => name === "*" || one.sent[name] !== other.sent[name];
  return !listOf(one.headers.vary).some(differs);
};

// What a cache may confuse of all that is asked at one address, in words.
const confusions = async (server, path) => {
  const answers = [];
  for (const [name, headers] of Object.entries(WAYS)) {
    const answer = await server.request(path, { headers });
    const pairs = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
    const isWhole = /<html/i.test(answer.text);
    answers.push({ name, sent: Object.fromEntries(pairs), isWhole, headers: answer.headers });
  }
  return answers.flatMap((one) =>
    answers
      .filter((other) => isConfused(one, other))
      .map((other) => `what ${one.name} gets of ${path} may be given to ${other.name}`),
  );
};

export default [
  {
    id: "old-news",
    expects:
      "While the server is away, #stream says “Old news” and #connection “Reconnecting …”; once it is back, they say nothing. The second time, too.",
    hint: "`htmx:sseError` is fired when a stream breaks, and `htmx:sseOpen` when it is open again.",
    seconds: 80,
    wire: [{ request: "GET", path: "/notifications", client: "Alice", status: 200, times: 3 }],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#here")).toContainText("1 here");
      for (let round = 0; round < 2; round += 1) {
        await expect(alice.locate("#stream")).toHaveText("");
        await server.stop();
        await expect(alice.locate("#stream")).toContainText("Old news");
        await expect(alice.locate("#connection")).toContainText("Reconnecting");
        await server.start();
        await expect(alice.locate("#stream")).toHaveText("");
        await expect(alice.locate("#connection")).toHaveText("");
      }
    },
  },
  {
    id: "not-boosted",
    expects:
      "“Price list” gives the file to the browser, “Sign in” and “Sign out” tell the chat who Alice is, and the links between pages stay boosted.",
    hint: "`hx-boost` is inherited, and an element can say that it is not for itself.",
    seconds: 40,
    wire: [
      { request: "GET", path: "/prices.csv", client: "Alice", status: 200 },
      { request: "GET", path: "/prices.csv", header: { "hx-request": "*" }, times: 0 },
      { request: "GET", path: "/catalogue", client: "Alice", header: { "hx-boosted": "true" } },
      { request: "GET", path: "/catalogue/oolong", header: { "hx-boosted": "true" } },
      { request: "GET", path: "/you", client: "Alice", header: { "hx-boosted": "true" } },
      { request: "GET", path: "/parcel", client: "Alice", header: { "hx-boosted": "true" } },
    ],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await link(alice, "Price list").click();
      await wire.find({ request: "GET", path: "/prices.csv" });
      await expect(link(alice, "Mint tea")).toBeVisible();
      await link(alice, "Catalogue").click();
      await link(alice, "Tea of the day").click();
      await expect(heading(alice, "Oolong")).toBeVisible();
      await signIn(alice, expect);
      await expect(alice.locate("#here")).toContainText("Ada");
      await link(alice, "You").click();
      await expect(heading(alice, "You")).toBeVisible();
      await link(alice, "Parcel").click();
      await expect(heading(alice, "Parcel")).toBeVisible();
      await button(alice, "Sign out").click();
      await expect(alice.locate("#here")).toContainText("Guest");
    },
  },
  {
    id: "forged",
    expects:
      "A page at another origin can neither give Alice's stamps away nor open a socket; Alice's own page can do both.",
    hint: "The one needs the token, the other the `Origin` of the handshake.",
    seconds: 40,
    wire: [
      { request: "POST", path: "/gifts", client: "Alice", body: "Mallory" },
      { request: "POST", path: "/gifts", client: "Alice", status: 200, times: 2 },
    ],
    async run({ open, attack, expect }) {
      const alice = await open("Alice");
      await signIn(alice, expect);
      await attack(alice, "/gifts", { fields: { to: "Mallory" } });
      // As a link to it would.
      await alice.request("/gifts?to=Mallory");
      const { opened } = await attack(alice, "/chat", { socket: true });
      expect(opened ? "opened" : "refused", "a socket from another origin").toBe("refused");
      await link(alice, "You").click();
      await expect(alice.locate("#stamps")).toHaveText("10 stamps");
      for (const left of ["9 stamps", "8 stamps"]) {
        await alice.getByLabelText("To whom").fill("Ben");
        await button(alice, "Give a stamp").click();
        await expect(alice.locate("#stamps")).toHaveText(left);
      }
      await expect(alice.locate("#here")).toContainText("1 here: Ada");
    },
  },
  {
    id: "told",
    expects:
      "“Recommend” and “Wave” on Alice's page are told on hers and Bob's by the stream, each time, with one socket for each page.",
    hint: "Something is said now and then: an ordinary request will do.",
    seconds: 40,
    wire: [
      { request: "POST", path: "/recommend", client: "Alice", times: 3 },
      { request: "POST", path: "/wave", client: "Alice" },
      { event: "notice", client: "Bob", contains: "Mint tea" },
    ],
    async run({ open, wire, waitFor, expect }) {
      const bob = await open("Bob");
      const alice = await open("Alice", "/catalogue/mint-tea");
      await expect(bob.locate("#here")).toContainText("2 here");
      await button(alice, "Recommend").click();
      for (const client of [alice, bob]) {
        await expect(client.locate("#notices")).toContainText("recommends Mint tea");
      }
      await link(alice, "← Tea").click();
      await link(alice, "Oolong").click();
      for (const count of [1, 2]) {
        await button(alice, "Recommend").click();
        await waitFor(async () => {
          const told = await wire.all({ event: "notice", client: "Bob", contains: "Oolong" });
          expect(told.length, "how often Bob was told of Oolong").toBe(count);
        });
      }
      await expect(bob.locate("#notices")).toContainText("recommends Oolong");
      await button(alice, "Wave").click();
      await expect(bob.locate("#notices")).toContainText("waves");
      await expect(heading(alice, "Oolong")).toBeVisible();
      const sockets = await wire.all({ request: "GET", path: "/chat", client: "Alice" });
      expect(sockets.length, "the number of sockets that Alice's page has opened").toBe(1);
    },
  },
  {
    id: "nothing-private",
    expects:
      "After “Sign out”, Back shows neither Alice's stamps nor the code of her parcel, and no cache may keep the pages that hold them.",
    hint: "htmx keeps copies, and so does the browser: look at the header `Cache-Control` of each page.",
    seconds: 50,
    alone: true,
    wire: [{ request: "POST", path: "/sign-out", client: "Alice", status: 303 }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await signIn(alice, expect);
      await link(alice, "You").click();
      await expect(alice.locate("#stamps")).toHaveText("10 stamps");
      await link(alice, "Parcel").click();
      await expect(alice.locate("#code")).toHaveText(/^C-\d+$/, "a code");
      const code = await alice.locate("#code").text();
      // A browser's cache is not the same everywhere, so the answers themselves are looked at, too.
      const kept = [];
      for (const path of ["/you", "/parcel"]) {
        for (const headers of Object.values(WAYS)) {
          await alice.request(path, { headers, cache: "no-store" });
        }
        const answers = await wire.all({ request: "GET", path, client: "Alice", status: 200 });
        if (answers.some(({ response }) => isKept(response))) kept.push(path);
      }
      await link(alice, "Catalogue").click();
      await button(alice, "Sign out").click();
      await expect(link(alice, "Sign in")).toBeVisible();
      for (let step = 0; step < 3; step += 1) {
        const here = await alice.address();
        await alice.back();
        await expect(alice).not.toHaveAddress(here);
        const shown = await alice.text();
        expect(shown, "what is shown after “Sign out”").not.toContain(code);
        expect(shown, "what is shown after “Sign out”").not.toContain("10 stamps");
      }
      expect(kept.join(" and ") || "none", "what a cache may keep of these pages").toBe("none");
    },
  },
  {
    id: "whole",
    expects:
      "After Back and after “Tea of the day” each page has its chat, no cache can give a fragment in place of a page, and a link in the list swaps <main> alone.",
    hint: "One address has two answers. What does a cache know of the difference between them?",
    seconds: 60,
    alone: true,
    wire: [
      {
        request: "GET",
        path: "/catalogue/oolong",
        client: "Alice",
        header: { "hx-target": "page" },
      },
    ],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      const isWhole = async (what) => {
        await expect(what).toBeVisible();
        await expect(alice.locate("#say [name=message]")).toBeVisible();
        await expect(alice.locate("main")).toHaveCount(1);
      };
      await link(alice, "Games").click();
      await link(alice, "2").click();
      await isWhole(link(alice, "Ten dice"));
      await alice.back();
      await isWhole(link(alice, "Dominoes"));
      await link(alice, "Catalogue").click();
      await link(alice, "Oolong").click();
      await isWhole(heading(alice, "Oolong"));
      await link(alice, "Catalogue").click();
      await isWhole(link(alice, "Mint tea"));
      await alice.back();
      await isWhole(heading(alice, "Oolong"));
      await link(alice, "Tea of the day").click();
      await isWhole(heading(alice, "Oolong"));
      for (const path of ["/", "/catalogue?kind=games", "/catalogue/oolong"]) {
        const [first = "nothing"] = await confusions(server, path);
        expect(first, "what a cache may confuse").toBe("nothing");
      }
    },
  },
];
