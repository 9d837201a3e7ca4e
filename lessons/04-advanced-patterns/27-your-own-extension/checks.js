const button = (client, name) => client.getByRole("button", { name });
const link = (client, name) => client.getByRole("link", { name });
const said = (client) => client.locate("#said");

const unlock = async (client, key) => {
  await client.getByLabelText("Key").fill(key);
  await button(client, "Unlock").click();
};

// A page on which the desk is unlocked, and shows its list.
const unlocked = async ({ open, expect }, name, key) => {
  const client = await open(name);
  await unlock(client, key);
  await expect(button(client, "Oolong: Sold out")).toBeVisible();
  return client;
};

const toDesk = { request: "*", path: "/desk/*", client: "Alice" };
const toStock = { request: "GET", path: "/desk/stock", client: "Alice" };
const toGood = { request: "PUT", path: "/desk/stock/*", client: "Alice" };
const by = (key) => ({ header: { authorization: `Bearer ${key}` } });

// How many requests there are after some deeds that were not there before.
const sentBy = async ({ wire }, claim, deeds) => {
  const before = (await wire.all(claim)).length;
  await deeds();
  return (await wire.all(claim)).length - before;
};

const expectSilence = async (story, why, deeds) => {
  const sent = await sentBy(story, toDesk, deeds);
  story.expect(sent, `the number of requests to the desk ${why}`).toBe(0);
};

// What another clerk does on another computer.
const changeAway = (server, stock) => {
  const headers = { Authorization: "Bearer teapot", "Content-Type": "application/json" };
  const body = JSON.stringify({ stock });
  return server.request("/desk/stock/oolong", { method: "PUT", headers, body });
};

export default [
  {
    id: "each-request",
    expects:
      "What Alice asks of the desk carries the key that she entered last, and what she changes is sent as JSON.",
    hint: "The steps do this: the header is set anew for each request, and its `Content-Type` is replaced.",
    seconds: 40,
    wire: [
      { ...toStock, ...by("kettle"), status: 200 },
      { ...toGood, ...by("kettle"), status: 200, times: 2 },
      { ...toStock, ...by("teapot"), status: 200 },
      { ...toGood, ...by("teapot"), status: 200 },
    ],
    async run(story) {
      const { expect } = story;
      const alice = await unlocked(story, "Alice", "kettle");
      await button(alice, "Oolong: Sold out").click();
      await expect(button(alice, "Oolong: Refill")).toBeVisible();
      await button(alice, "Oolong: Refill").click();
      await expect(button(alice, "Oolong: Sold out")).toBeVisible();
      await unlock(alice, "teapot");
      await button(alice, "Sencha: Sold out").click();
      await expect(button(alice, "Sencha: Refill")).toBeVisible();
    },
  },
  {
    id: "refused",
    expects:
      "A key that is answered with 401 is forgotten, the second time as well, and #said says so; another error leaves the key.",
    hint: "htmx fires `htmx:responseError` on the element that has sent the request; `event.detail.xhr` knows the status.",
    seconds: 60,
    wire: [
      { ...toStock, ...by("teaspoon"), status: 401 },
      { ...toStock, ...by("saucer"), status: 401 },
      { ...toStock, ...by("kettle"), status: 200 },
    ],
    async run(story) {
      const { open, server, wire, expect } = story;
      const alice = await open("Alice");
      await unlock(alice, "teaspoon");
      await wire.find({ ...toStock, ...by("teaspoon"), status: 401 });
      await expect(said(alice)).toHaveText(/\S/, "that the key is refused");
      await unlock(alice, "kettle");
      await expect(button(alice, "Oolong: Sold out")).toBeVisible();

      await server.stop();
      await button(alice, "Oolong: Sold out").click();
      await server.start();
      const later = await sentBy(story, { ...toGood, ...by("kettle") }, () =>
        button(alice, "Oolong: Sold out").click(),
      );
      expect(later, "the number of requests with the key after an answer of 503").toBe(1);

      await unlock(alice, "saucer");
      await wire.find({ ...toStock, ...by("saucer"), status: 401 });
      await expect(said(alice)).toHaveText(/\S/, "that the key is refused");
      await expectSilence(story, "after the refusal", async () => {
        await button(alice, "Sencha: Sold out").click();
        await button(alice, "Mint tea: Sold out").click();
      });
    },
  },
  {
    id: "lock",
    expects:
      "Without a key no request goes to the desk: not when the page is loaded, and not after Lock, which leaves the rest of the page as it is.",
    hint: "Lock is a button that forgets the key and sends no form; `onEvent` cancels what has no key.",
    seconds: 40,
    wire: [
      { ...toStock, ...by("kettle"), status: 200 },
      { ...toStock, ...by("teapot"), status: 200 },
    ],
    async run(story) {
      const { open, wire, expect } = story;
      const alice = await open("Alice");
      const { length } = await wire.all(toDesk);
      expect(length, "the number of requests to the desk before a key is entered").toBe(0);
      const message = alice.getByLabelText("Message");
      await message.fill("Half a sentence");
      for (const key of ["kettle", "teapot"]) {
        await unlock(alice, key);
        await wire.find({ ...toStock, ...by(key), status: 200 });
        await expect(button(alice, "Oolong: Sold out")).toBeVisible();
        await button(alice.locate("#desk"), "Lock").click();
        await expectSilence(story, "after Lock", () => button(alice, "Oolong: Sold out").click());
        await expect(message).toHaveValue("Half a sentence");
      }
    },
  },
  {
    id: "look-again",
    expects:
      "“Look again” in “Happening now” loads the stock into the desk with Alice's key, each time. On Bob's page, which has no key, it sends nothing.",
    hint: "It stands outside of the desk: what makes the extension work for it as well? And what of #news is replaced?",
    seconds: 40,
    wire: [{ ...toStock, ...by("kettle"), status: 200, times: 3 }],
    async run(story) {
      const { open, server, expect } = story;
      const alice = await unlocked(story, "Alice", "kettle");
      // Once the first event is there, what stood in its place is gone.
      await expect(alice.locate("#notices")).toHaveCount(1);
      const steps = [
        ["out", "Oolong: Refill"],
        ["in", "Oolong: Sold out"],
      ];
      for (const [stock, name] of steps) {
        await changeAway(server, stock);
        await button(alice.locate("#news"), "Look again").click();
        await expect(button(alice.locate("#desk"), name)).toBeVisible();
      }
      const bob = await open("Bob");
      const sent = await sentBy(story, { ...toDesk, client: "Bob" }, () =>
        button(bob.locate("#news"), "Look again").click(),
      );
      expect(sent, "the number of Bob's requests to the desk without a key").toBe(0);
    },
  },
  {
    id: "elsewhere",
    expects:
      "Alice's key goes to the desk's addresses and to no other; it stands nowhere in her page, and a reload forgets it.",
    hint: "Which elements does the extension work for, and where else is the key written?",
    seconds: 40,
    wire: [
      { ...toStock, ...by("kettle"), status: 200 },
      { request: "GET", path: "/catalogue/oolong", client: "Alice", status: 200 },
      { request: "GET", path: "/tip", client: "Alice", status: 200 },
      { request: "GET", path: "/tip", header: { authorization: "*" }, times: 0 },
      { frame: "received", client: "Alice", contains: "Good morning" },
      { frame: "received", client: "Alice", contains: "kettle", times: 0 },
    ],
    async run(story) {
      const { wire, expect } = story;
      const alice = await unlocked(story, "Alice", "kettle");
      await link(alice, "Tea").click();
      await link(alice, "Oolong").click();
      await expect(alice).toHaveAddress("/catalogue/oolong");
      await button(alice, "Ask for a tip").click();
      await expect(alice.locate("#tip")).toHaveText(/\S/, "a tip");
      await alice.getByLabelText("Message").fill("Good morning");
      await button(alice, "Send").click();
      await expect(alice.locate("#log")).toContainText("Good morning");

      const hasKey = (it) => JSON.stringify(it).includes("kettle");
      const elements = await alice.locate("*").look();
      expect(elements.some(hasKey) ? "there" : "nowhere", "the key in the page").toBe("nowhere");
      const requests = await wire.all({ request: "*", client: "Alice" });
      const told = requests
        .filter(({ path }) => !path.startsWith("/desk/"))
        .filter(({ path, headers, request_body: body }) => hasKey([path, headers, body]))
        .map(({ path }) => path);
      expect(told, "the other addresses that were told the key").toEqual([]);

      const sent = await sentBy(story, { ...toDesk, ...by("kettle") }, () => alice.reload());
      expect(sent, "the number of requests with the key after a reload").toBe(0);
    },
  },
];
