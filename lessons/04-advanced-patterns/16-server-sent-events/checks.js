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
        await expect(client.locate("#ticker")).toHaveText(
          /\p{L}.*€\d+\.\d\d/u,
          "a name and a price, such as €2.50",
        );
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
    wire: [{ event: "*", path: "/notifications", client: "Alice", times: 4 }],
    async run({ open, wire, expect, waitFor }) {
      await open("Alice");
      const events = await waitFor(async () => {
        const all = await wire.all({ event: "*", client: "Alice" });
        expect(all.length, "the number of events so far").toBeGreaterThanOrEqual(4);
        return all;
      });
      const ids = events.map((event) => event.event_id);
      expect(ids.filter((id) => id === null).length, "the number of events without an id").toBe(0);
      const twice = ids.filter((id, at) => ids.indexOf(id) < at);
      expect(twice, "ids that more than one event has").toEqual([]);
    },
  },
  {
    id: "nothing-lost",
    expects:
      "After “Cut the line” the list of builds goes on without a gap, and no build is there twice.",
    hint: "The browser says what it saw last in `Last-Event-ID`; send everything after it, once.",
    seconds: 25,
    wire: [{ request: "POST", path: "/notifications/cut", client: "Alice" }],
    async run({ open, expect, waitFor }) {
      const alice = await open("Alice");
      await expect(alice.locate("#notices")).toContainText("Build");
      await alice.getByRole("button", { name: "Cut the line" }).click();
      const atCut = await numbersIn(alice);
      let after = atCut;
      // One after the other, since each is waited for in its turn.
      for (let more = 1; more <= 4; more += 1) {
        after = await waitFor(async () => {
          const now = await numbersIn(alice);
          expect(now.length, "the number of builds on the page").toBeGreaterThanOrEqual(
            atCut.length + more,
          );
          return now;
        });
      }
      const gapless = after.map((_, index) => after[0] + index);
      expect(after, "the numbers of the builds on the page").toEqual(gapless);
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
    async run({ open, server, wire, expect, waitFor }) {
      await open("Alice");
      const ids = await waitFor(async () => {
        const events = await wire.all({ event: "*", client: "Alice" });
        const all = [...new Set(events.map((event) => event.event_id).filter(Boolean))];
        expect(all.length, "the number of events with an id so far").toBeGreaterThanOrEqual(4);
        return all;
      });
      const path = "/notifications";
      const again = await server.request(path, { headers: { "Last-Event-ID": ids[0] } });
      const sent = [...again.text.matchAll(/^id: ?(.+)$/gm)].map(([, id]) => id);
      expect(sent.slice(0, ids.length - 1), `the ids that come after ${ids[0]}`).toEqual(
        ids.slice(1),
      );
      const unknown = await server.request(path, { headers: { "Last-Event-ID": "never-sent" } });
      expect(unknown.status, "the status of the answer to an unknown id").toBe(200);
    },
  },
];
