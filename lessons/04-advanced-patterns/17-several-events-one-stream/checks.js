const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const build = (client) => button(client, "Start a build").click();

// Which goods a list calls sold out.
const soldOut = async (client) => {
  const rows = (await client.locate("#page li").look()).filter(({ text }) => /sold out/.test(text));
  return rows
    .map(({ text }) =>
      text
        .trim()
        .split(/\s{2,}|\n|sold out/)[0]
        .trim(),
    )
    .join(", ");
};

const asked = async (wire, client, path) => {
  const all = await wire.all({ request: "GET", path, client, header: { "hx-request": "true" } });
  return all.length;
};

export default [
  {
    id: "one-stream",
    expects:
      "A page has one stream, to /events, which moves the ticker, the chart and the notices.",
    hint: "Every element inside of `sse-connect` shares its stream. Which of them still has its own?",
    seconds: 20,
    wire: [
      { request: "GET", path: "/events", client: "Alice" },
      { event: "price", path: "/events", client: "Alice" },
      { event: "chart-data", path: "/events", client: "Alice" },
    ],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#ticker")).toContainText("€");
      await expect(alice.locate("#chart svg")).toBeVisible();
      await expect(alice.locate("#notices")).toContainText("joined");
      const all = await wire.all({ request: "GET", client: "Alice" });
      const streams = all.filter(({ response }) => /event-stream/.test(response?.["content-type"]));
      const paths = streams.map(({ path }) => path).join(" and ");
      expect(paths, "the streams of Alice's page").toBe("/events");
    },
  },
  {
    id: "list-once",
    expects: "After each delivery every open list is right, and has asked the server once.",
    hint: "A delivery sends four events at once. Wait for the pause behind them.",
    seconds: 60,
    wire: [
      { request: "POST", path: "/deliveries", client: "Alice", times: 2 },
      { event: "*", path: "/events", client: "Bob" },
    ],
    async run({ open, wire, expect, waitFor, pause }) {
      const alice = await open("Alice", "/catalogue?kind=books");
      const bob = await open("Bob", "/catalogue");
      const shows = async (client, goods) => {
        await waitFor(async () => {
          expect(await soldOut(client), "what the list calls sold out").toBe(goods);
        });
      };
      await shows(alice, "Small maps");
      await shows(bob, "Earl Grey");
      for (const [books, all, times] of [
        ["", "Rooibos", 1],
        ["Small maps", "Earl Grey", 2],
      ]) {
        await button(alice, "Unload a delivery").click();
        await shows(alice, books);
        await shows(bob, all);
        await pause(1000);
        const ofAlice = await asked(wire, "Alice", "/catalogue*");
        const ofBob = await asked(wire, "Bob", "/catalogue*");
        expect(ofAlice, "how often Alice's list has asked").toBe(times);
        expect(ofBob, "how often Bob's list has asked").toBe(times);
      }
      await expect(link(alice, "Bread without hurry")).toBeVisible();
    },
  },
  {
    id: "own-good",
    expects:
      "The page of “Earl Grey” says at once whether it is in stock, and that of “Mint tea” asks for nothing.",
    hint: "The event's data names the good, and a trigger may have a condition: `sse:stock[detail.data=='…']`.",
    seconds: 60,
    wire: [{ request: "POST", path: "/deliveries", client: "Alice", times: 2 }],
    async run({ open, wire, expect, pause }) {
      const alice = await open("Alice", "/catalogue/earl-grey");
      const bob = await open("Bob", "/catalogue/mint-tea");
      await expect(alice.locate("#page")).toContainText("sold out");
      for (const words of ["in stock", "sold out"]) {
        await button(alice, "Unload a delivery").click();
        await expect(alice.locate("#page")).toContainText(words);
      }
      await pause(1000);
      await expect(alice.getByRole("heading", { name: "Earl Grey" })).toBeVisible();
      await expect(bob.getByRole("heading", { name: "Mint tea" })).toBeVisible();
      const often = await asked(wire, "Alice", "/cat*");
      expect(
        often <= 2 ? "at most twice" : `${often} times`,
        "how often Alice's page has asked",
      ).toBe("at most twice");
      expect(await asked(wire, "Bob", "/cat*"), "how often Bob's page has asked").toBe(0);
    },
  },
  {
    id: "build-ends",
    expects:
      "The line of a build ends with “finished”, and then nothing asks for this build again.",
    hint: "Send an event at the end, show what it says, and close the stream by its name.",
    seconds: 60,
    wire: [
      { request: "POST", path: "/builds", client: "Alice", times: 2 },
      { event: "*", path: "/builds/101", client: "Alice" },
      { event: "*", path: "/builds/102", client: "Alice" },
    ],
    async run({ open, wire, expect, pause }) {
      const alice = await open("Alice");
      for (const number of [101, 102]) {
        await build(alice);
        await expect(alice.locate("#build")).toContainText("finished");
        await pause(2000);
        await expect(alice.locate("#build")).toContainText("finished");
        const all = await wire.all({ request: "GET", path: `/builds/${number}`, client: "Alice" });
        expect(all.length, `how often build ${number} was asked for`).toBe(1);
      }
    },
  },
  {
    id: "told-once",
    expects: "Each build is told once in the notices of both pages, beside those that were there.",
    hint: "Announce it where the work ends, by an event that the notices wait for, too.",
    seconds: 60,
    wire: [{ event: "*", path: "/events", client: "Bob", contains: "101" }],
    async run({ open, expect, pause }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await expect(alice.locate("#notices")).toContainText("joined");
      await build(alice);
      for (const client of [alice, bob]) {
        await expect(client.locate("#notices").getByText(/101/)).toBeVisible();
        await expect(client.locate("#notices")).toContainText("joined");
      }
      await pause(1500);
      for (const client of [alice, bob]) {
        await expect(client.locate("#notices").getByText(/101/)).toHaveCount(1);
      }
    },
  },
];
