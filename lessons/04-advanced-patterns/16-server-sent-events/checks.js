const numbersIn = async (client) => {
  const texts = (await client.locate("#notices").look()).map(({ text }) => text);
  return [...texts.join(" ").matchAll(/Build (\d+)/g)]
    .map(([, number]) => Number(number))
    .reverse();
};

export default [
  {
    id: "ticker-moves",
    expects:
      "#ticker shows what moved last and its new price, on Alice's page and on Bob's, without a reload.",
    hint: "The name after `event:` and the name in `sse-swap` have to be the same.",
    seconds: 15,
    wire: [{ event: "*", path: "/notifications", client: "Alice", contains: "€" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      for (const client of [alice, bob]) {
        await expect(client.locate("#ticker")).toHaveText(/\p{L}.*€\d+\.\d\d/u);
      }
      const before = await alice.locate("#ticker").text();
      await expect(alice.locate("#ticker")).not.toHaveText(before.replace(/\s+/g, " ").trim());
    },
  },
  {
    id: "every-id-once",
    expects: "Each event of /notifications has an id, and no two have the same.",
    hint: "Write an `id:` line into every event, whatever its name, from one place.",
    seconds: 15,
    wire: [{ event: "*", path: "/notifications", client: "Alice", times: 6 }],
    async run({ open, wire, expect }) {
      await open("Alice");
      let events = [];
      while (events.length < 6) {
        events = await wire.all({ event: "*", client: "Alice" });
        await new Promise((done) => setTimeout(done, 200));
      }
      const ids = events.map((event) => event.event_id);
      expect(ids).not.toContain(null);
      expect(new Set(ids).size).toBe(ids.length);
    },
  },
  {
    id: "nothing-lost",
    expects:
      "After “Cut the line” the list of builds goes on without a gap, and no build is there twice.",
    hint: "The browser says what it saw last in `Last-Event-ID`; send everything after it, once.",
    seconds: 25,
    wire: [{ request: "POST", path: "/notifications/cut", client: "Alice" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#notices")).toContainText("Build");
      await alice.getByRole("button", { name: "Cut the line" }).click();
      const atCut = await numbersIn(alice);
      let after = atCut;
      while (after.length < atCut.length + 4) {
        after = await numbersIn(alice);
        await new Promise((done) => setTimeout(done, 200));
      }
      const gapless = after.map((_, index) => after[0] + index);
      expect(after).toEqual(gapless);
    },
  },
  {
    id: "resumes",
    expects:
      "A request that names an event by Last-Event-ID gets those after it, in order; an unknown id does no harm.",
    hint: "Look for the id among the events that you keep; where it is not, there is nothing to send again.",
    seconds: 20,
    wire: [
      {
        request: "GET",
        path: "/notifications",
        client: "No browser",
        header: { "last-event-id": "*" },
        status: 200,
        times: 2,
      },
    ],
    async run({ open, server, wire, expect }) {
      await open("Alice");
      let ids = [];
      while (ids.length < 4) {
        const events = await wire.all({ event: "*", client: "Alice" });
        ids = [...new Set(events.map((event) => event.event_id).filter(Boolean))];
        await new Promise((done) => setTimeout(done, 200));
      }
      const path = "/notifications";
      const again = await server.request(path, { headers: { "Last-Event-ID": ids[0] } });
      const sent = [...again.text.matchAll(/^id: ?(.+)$/gm)].map(([, id]) => id);
      expect(sent.slice(0, ids.length - 1)).toEqual(ids.slice(1));
      const unknown = await server.request(path, { headers: { "Last-Event-ID": "never-sent" } });
      expect(unknown.status).toBe(200);
    },
  },
];
