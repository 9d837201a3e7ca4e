const say = async (client, words) => {
  await client.locate("#say [name=message]").fill(words);
  await client.locate("#say button").click();
};

// Each client's page, once its socket is open.
const join = async ({ open, wire }, name) => {
  const client = await open(name);
  await wire.find({ request: "GET", path: "/chat", client: name, status: 101 });
  return client;
};

const row = (guest, messages) => [
  new RegExp(`^${guest}\\s*${messages}$`),
  `“${guest}” in one cell and “${messages}” in another`,
];

export default [
  {
    id: "rows",
    expects:
      "The rows come in the JSON message, and both pages have a row with two cells for each guest who has written.",
    hint: "A row needs a `<tbody>` around it instead of a `<div>`, and must come before all that is not part of a table.",
    seconds: 40,
    wire: [
      { frame: "sent", client: "Alice", contains: '"#talkers":' },
      { frame: "sent", client: "Bob", contains: '"#talkers":' },
    ],
    async run(story) {
      const { expect } = story;
      const alice = await join(story, "Alice");
      const bob = await join(story, "Bob");
      await say(alice, "One");
      await say(bob, "Two");
      await say(alice, "Three");
      for (const client of [alice, bob]) {
        await expect(client.locate("#talkers > tr")).toHaveText(...row("Guest 1", 2));
        await expect(client.locate("#talkers > tr")).toHaveText(...row("Guest 2", 1));
        await expect(client.locate("#talkers > tr")).toHaveCount(2);
        await expect(client.locate("#talkers > tr > *")).toHaveCount(4);
      }
    },
  },
  {
    id: "any-selector",
    expects:
      'The status comes in the JSON message under `[role="status"]`, and both pages show it, each time.',
    hint: "Inside an attribute, a quote is written as `&quot;`.",
    seconds: 40,
    wire: [
      { frame: "sent", client: "Alice", contains: '[role=\\"status\\"]' },
      { frame: "sent", client: "Bob", contains: '[role=\\"status\\"]' },
    ],
    async run(story) {
      const { expect } = story;
      const alice = await join(story, "Alice");
      const bob = await join(story, "Bob");
      await say(alice, "One");
      for (const client of [alice, bob]) {
        await expect(client.locate("[role=status]")).toHaveText("Messages: 1, the last by Guest 1");
      }
      await say(bob, "Two");
      for (const client of [alice, bob]) {
        await expect(client.locate("[role=status]")).toHaveText("Messages: 2, the last by Guest 2");
        await expect(client.locate("#status[role=status]")).toHaveCount(1);
      }
    },
  },
  {
    id: "log-grows",
    expects:
      "The log grows by one entry with each JSON message, and what Bob has half written stays as it is.",
    hint: "The page marks the places that grow. Send only what changes.",
    seconds: 40,
    wire: [{ frame: "sent", client: "Bob", contains: '"#log":' }],
    async run(story) {
      const { expect } = story;
      const alice = await join(story, "Alice");
      const bob = await join(story, "Bob");
      await say(alice, "One");
      await say(bob, "Two");
      await bob.locate("#say [name=message]").fill("Half a mess");
      await say(alice, "Three");
      for (const client of [alice, bob]) {
        await expect(client.locate("#log")).toHaveText(/One.*Two.*Three/);
        for (const words of [/One/, /Two/, /Three/]) {
          await expect(client.locate("#log").getByText(words)).toHaveCount(1);
        }
      }
      await expect(bob.locate("#say [name=message]")).toHaveValue("Half a mess");
    },
  },
  {
    id: "who-comes-later",
    expects:
      "Bob, who comes later, sees the log, the status line and the table at once, and both pages say “2 here”.",
    hint: "HTML fragments pass through the extension unchanged. What `open` sends has to hold all three places.",
    seconds: 40,
    wire: [{ frame: "received", client: "Alice", contains: "Two" }],
    async run(story) {
      const { expect } = story;
      const alice = await join(story, "Alice");
      await say(alice, "One");
      await say(alice, "Two");
      const bob = await join(story, "Bob");
      await expect(bob.locate("#log")).toHaveText(/One.*Two/);
      await expect(bob.locate("#status")).toHaveText("Messages: 2, the last by Guest 1");
      await expect(bob.locate("#talkers > tr")).toHaveText(...row("Guest 1", 2));
      await expect(bob.locate("#talkers > tr > *")).toHaveCount(2);
      for (const client of [alice, bob]) {
        await expect(client.locate("#here")).toHaveText("2 here");
      }
      await bob.close();
      await expect(alice.locate("#here")).toHaveText("1 here");
    },
  },
  {
    id: "no-markup",
    expects:
      "Markup and JSON that Alice writes are shown as those very characters to Bob, and to Carol, who comes later.",
    hint: "`JSON.stringify` escapes quotes only. Let `html` put in what people write.",
    seconds: 40,
    wire: [{ frame: "received", client: "Alice", contains: "<b>hello</b>" }],
    async run(story) {
      const { expect } = story;
      const alice = await join(story, "Alice");
      const bob = await join(story, "Bob");
      const written = ["<b>hello</b> &amp; </div>", '{"#here": "gone"}'];
      for (const words of written) {
        await say(alice, words);
        await expect(bob.locate("#log")).toContainText(words);
      }
      const carol = await join(story, "Carol");
      for (const words of written) await expect(carol.locate("#log")).toContainText(words);
    },
  },
];
