const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const heading = (client, name) => client.getByRole("heading", { name });

// What was just swapped in is an ordinary link or form until htmx has settled it, a few milliseconds later.
const click = async (what, { expect, pause }) => {
  await expect(what).toBeVisible();
  await pause(300);
  await what.click();
};

const signIn = async (client, story) => {
  await click(link(client, "Sign in"), story);
  await client.getByPlaceholderText("Your name").fill("Ada");
  await click(button(client, "Sign in"), story);
  await story.expect(link(client, "You")).toBeVisible();
};

export default [
  {
    id: "old-news",
    expects:
      "While the server is away, #stream says “Old news” and #connection “Reconnecting …”; once it is back, they say nothing.",
    hint: "`htmx:sseError` is fired when a stream breaks, and `htmx:sseOpen` when it is open again.",
    seconds: 40,
    wire: [{ request: "GET", path: "/notifications", client: "Alice", status: 200, times: 2 }],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#here")).toContainText("1 here");
      await expect(alice.locate("#stream")).toHaveText("");
      await server.stop();
      await expect(alice.locate("#stream")).toContainText("Old news");
      await expect(alice.locate("#connection")).toContainText("Reconnecting");
      await server.start();
      await expect(alice.locate("#stream")).toHaveText("");
      await expect(alice.locate("#connection")).toHaveText("");
    },
  },
  {
    id: "not-boosted",
    expects:
      "“Price list” gives the file to the browser, “Sign in” and “Sign out” tell the chat who Alice is, and “Catalogue” stays boosted.",
    hint: "`hx-boost` is inherited, and an element can say that it is not for itself.",
    seconds: 30,
    wire: [
      { request: "GET", path: "/prices.csv", client: "Alice", status: 200 },
      { request: "GET", path: "/prices.csv", header: { "hx-request": "*" }, times: 0 },
      { request: "GET", path: "/catalogue", client: "Alice", header: { "hx-boosted": "true" } },
    ],
    async run(story) {
      const { open, wire, expect } = story;
      const alice = await open("Alice");
      await click(link(alice, "Price list"), story);
      await wire.find({ request: "GET", path: "/prices.csv" });
      await expect(link(alice, "Mint tea")).toBeVisible();
      await click(link(alice, "Catalogue"), story);
      await signIn(alice, story);
      await expect(alice.locate("#here")).toContainText("Ada");
      await click(button(alice, "Sign out"), story);
      await expect(alice.locate("#here")).toContainText("Guest");
    },
  },
  {
    id: "forged",
    expects:
      "A page at another origin can neither give Alice's stamps away nor open a socket; Alice's own page can do both.",
    hint: "The one needs the token, the other the `Origin` of the handshake.",
    seconds: 30,
    wire: [
      { request: "POST", path: "/gifts", client: "Alice", status: 403 },
      { request: "POST", path: "/gifts", client: "Alice", status: 200 },
    ],
    async run(story) {
      const { open, attack, expect } = story;
      const alice = await open("Alice");
      await signIn(alice, story);
      const { status } = await attack(alice, "/gifts", { fields: { to: "Mallory" } });
      expect(status, "the status of the forged gift").toBe(403);
      const { opened } = await attack(alice, "/chat", { socket: true });
      expect(opened ? "opened" : "refused", "a socket from another origin").toBe("refused");
      await click(link(alice, "You"), story);
      await alice.getByLabelText("To whom").fill("Ben");
      await click(button(alice, "Give a stamp"), story);
      await expect(alice.locate("#stamps")).toHaveText("9 stamps");
      await expect(alice.locate("#here")).toContainText("1 here: Ada");
    },
  },
  {
    id: "told",
    expects:
      "“Recommend” and “Wave” on Alice's page are told on Bob's by the stream, with one socket for each page.",
    hint: "Something is said now and then: an ordinary request will do.",
    seconds: 30,
    wire: [
      { request: "POST", path: "/recommend", client: "Alice" },
      { request: "POST", path: "/wave", client: "Alice" },
      { event: "notice", client: "Bob", contains: "Mint tea" },
    ],
    async run(story) {
      const { open, wire, expect } = story;
      const bob = await open("Bob");
      const alice = await open("Alice", "/catalogue/mint-tea");
      await expect(bob.locate("#here")).toContainText("2 here");
      await click(button(alice, "Recommend"), story);
      await expect(bob.locate("#notices")).toContainText("recommends Mint tea");
      await click(button(alice, "Wave"), story);
      await expect(bob.locate("#notices")).toContainText("waves");
      await expect(heading(alice, "Mint tea")).toBeVisible();
      const sockets = await wire.all({ request: "GET", path: "/chat", client: "Alice" });
      expect(sockets.length, "the number of sockets that Alice's page has opened").toBe(1);
    },
  },
  {
    id: "nothing-private",
    expects: "After “Sign out”, Back shows neither Alice's stamps nor the code of her parcel.",
    hint: "htmx keeps copies, and so does the browser: look at the header `Cache-Control` of each page.",
    seconds: 40,
    alone: true,
    wire: [{ request: "POST", path: "/sign-out", client: "Alice", status: 303 }],
    async run(story) {
      const { open, expect, pause } = story;
      const alice = await open("Alice");
      await signIn(alice, story);
      await click(link(alice, "You"), story);
      await expect(alice.locate("#stamps")).toHaveText("10 stamps");
      await click(link(alice, "Parcel"), story);
      await expect(alice.locate("#code")).toHaveText(/^C-\d+$/, "a code");
      const code = await alice.locate("#code").text();
      await click(link(alice, "Catalogue"), story);
      await click(button(alice, "Sign out"), story);
      await expect(link(alice, "Sign in")).toBeVisible();
      for (let step = 0; step < 3; step += 1) {
        const here = await alice.address();
        await alice.back();
        await expect(alice).not.toHaveAddress(here);
        await pause(500);
        const shown = await alice.text();
        expect(shown, "what is shown after “Sign out”").not.toContain(code);
        expect(shown, "what is shown after “Sign out”").not.toContain("10 stamps");
      }
    },
  },
  {
    id: "whole",
    expects:
      "After Back and after “Tea of the day” each page has its chat, and a link in the list swaps <main> alone.",
    hint: "What does the browser's cache know of the difference between a page and a part of it?",
    seconds: 40,
    alone: true,
    wire: [
      {
        request: "GET",
        path: "/catalogue/oolong",
        client: "Alice",
        header: { "hx-target": "page" },
      },
    ],
    async run(story) {
      const { open, expect } = story;
      const alice = await open("Alice");
      const isWhole = async (what) => {
        await expect(what).toBeVisible();
        await expect(alice.locate("#say [name=message]")).toBeVisible();
        await expect(alice.locate("main")).toHaveCount(1);
      };
      await click(link(alice, "Games"), story);
      await click(link(alice, "2"), story);
      await isWhole(link(alice, "Ten dice"));
      await alice.back();
      await isWhole(link(alice, "Dominoes"));
      await click(link(alice, "Catalogue"), story);
      await click(link(alice, "Oolong"), story);
      await isWhole(heading(alice, "Oolong"));
      await click(link(alice, "Catalogue"), story);
      await isWhole(link(alice, "Mint tea"));
      await alice.back();
      await isWhole(heading(alice, "Oolong"));
      await click(link(alice, "Tea of the day"), story);
      await isWhole(heading(alice, "Oolong"));
    },
  },
];
