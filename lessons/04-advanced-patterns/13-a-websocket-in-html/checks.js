const say = async (client, words) => {
  await client.locate("#say [name=message]").fill(words);
  await client.locate("#say button").click();
};

// The only number in it, so “2 here” and “Two pages: 2” are both right.
const only = (number) => new RegExp(`^\\D*${number}\\D*$`);

export default [
  {
    id: "seen-once",
    expects: "What Alice sends is there once on her own page, and once on Bob's.",
    hint: "Publish to a topic which both sockets have joined, by the call that leaves nobody out.",
    wire: [{ frame: "received", client: "Alice", contains: "Good morning" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await expect(bob.locate("#here")).not.toContainText("Connecting");
      await say(alice, "Good morning");
      for (const client of [alice, bob]) {
        await expect(client.locate("#log").getByText(/Good morning/)).toHaveCount(1);
      }
    },
  },
  {
    id: "input-empty",
    expects: "After Send, the message input is empty.",
    hint: "The form can reset itself when the extension has sent it, or the server can send a new input.",
    wire: [{ frame: "received", client: "Alice", contains: "One" }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await say(alice, "One");
      await wire.find({ frame: "received", client: "Alice", contains: "One" });
      await expect(alice.locate("#say [name=message]")).toHaveValue("");
    },
  },
  {
    id: "count-rises",
    expects: "When Bob comes, both pages show in #here that two are on the line.",
    hint: "Whoever comes has to change the line on all pages: send it to the topic, not to one socket.",
    async run({ open, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#here")).toHaveText(only(1), "the number 1 and no other");
      const bob = await open("Bob");
      await expect(bob.locate("#here")).toHaveText(only(2), "the number 2 and no other");
      await expect(alice.locate("#here")).toHaveText(only(2), "the number 2 and no other");
    },
  },
  {
    id: "count-falls",
    expects: "When Bob closes his page, Alice's shows that one is left.",
    hint: "`close` is called for each socket that goes, whatever the reason.",
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await expect(bob.locate("#here")).not.toContainText("Connecting");
      await bob.close();
      await expect(alice.locate("#here")).toHaveText(only(1), "the number 1 and no other");
    },
  },
  {
    id: "no-markup",
    expects: "A message of <b>hello</b> is shown on Bob's page as those very characters.",
    hint: "Text of strangers becomes markup unless it is escaped: let `html` put it in.",
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await expect(bob.locate("#here")).not.toContainText("Connecting");
      await say(alice, "<b>hello</b>");
      await expect(bob.locate("#log")).toContainText("<b>hello</b>");
    },
  },
];
