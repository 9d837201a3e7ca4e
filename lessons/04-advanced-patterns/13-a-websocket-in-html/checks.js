export default [
  {
    id: "both-see",
    expects: "What Alice sends is seen at once by Alice and by Bob.",
    hint: "Publish to a topic which both sockets have joined.",
    wire: [{ frame: "received", contains: "Good morning" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await alice.locate("#say [name=message]").type("Good morning");
      await alice.getByRole("button", { name: "Send" }).click();
      await expect(bob.locate("#log")).toContainText("Good morning");
      await expect(alice.locate("#log")).toContainText("Good morning");
    },
  },
];
