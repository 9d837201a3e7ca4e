const names = async (client) => (await client.locate(".goods li a").look()).map(({ text }) => text);
const link = (client, name) => client.getByRole("link", { name });

export default [
  {
    id: "good-has-address",
    expects:
      "Opening “Mint tea” shows it, and the address bar says /catalogue/mint-tea, without a new page.",
    hint: "Push the address of what you fetched: here the two are the same.",
    wire: [{ request: "GET", path: "/catalogue/mint-tea", header: { "hx-request": "true" } }],
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue");
      await link(alice, "Mint tea").click();
      await expect(alice.getByRole("heading", { name: "Mint tea" })).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue/mint-tea");
    },
  },
  {
    id: "view-has-address",
    expects:
      "“Games”, page 2, has an address of its own; a reload there shows the same goods in the whole page.",
    hint: "The address that you push is not the one that you fetch: it needs a whole page behind it.",
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue");
      const first = await alice.address();
      await link(alice, "Games").click();
      await expect(link(alice, "Dominoes")).toBeVisible();
      await expect(alice).not.toHaveAddress(first);
      const second = await alice.address();
      await link(alice, "2").click();
      await expect(link(alice, "Dominoes")).toBeGone();
      await expect(alice).not.toHaveAddress(second);
      const shown = await names(alice);
      await alice.reload();
      await expect(alice.getByRole("heading", { name: "Lobby" })).toBeVisible();
      await expect(alice.locate("#say [name=message]")).toBeVisible();
      expect(await names(alice), "the goods after the reload").toEqual(shown);
    },
  },
  {
    id: "surprise-stays",
    expects:
      "“Surprise me” shows the address of the one that was drawn, and a reload shows the same one.",
    hint: "Only the server knows which one it drew: it can say so in a response header.",
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue");
      await alice.getByRole("button", { name: "Surprise me" }).click();
      await expect(alice).toHaveAddress(
        /^\/catalogue\/(?!surprise$)[a-z-]+$/,
        "of one of the goods, such as /catalogue/mint-tea",
      );
      const drawn = await alice.locate("#page h2").text();
      await alice.reload();
      await expect(alice.locate("#page h2")).toHaveText(drawn);
    },
  },
  {
    id: "way-back",
    expects: "“← Catalogue” leads to /catalogue.",
    hint: "It is a link like the others: it fetches and pushes the same address.",
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue/oolong");
      await link(alice, "← Catalogue").click();
      await expect(link(alice, "Rooibos")).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue");
    },
  },
  {
    id: "one-step-a-time",
    expects: "Back and Forward go through the goods that were opened, one step a time.",
    hint: "A step in the history is an address that was pushed; one that was replaced leaves none.",
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue");
      await link(alice, "Mint tea").click();
      await expect(alice).toHaveAddress("/catalogue/mint-tea");
      await alice.back();
      await expect(link(alice, "Oolong")).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue");
      await alice.forward();
      await expect(alice.getByRole("heading", { name: "Mint tea" })).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue/mint-tea");
    },
  },
];
