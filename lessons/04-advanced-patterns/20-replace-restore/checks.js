const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const heading = (client, name) => client.getByRole("heading", { name });
const field = (client, name) => client.getByLabelText(name);

// What stands on the page: the goods of a list, or the one that is open.
const shown = async (client) => {
  const goods = await client.locate(".goods li a").look();
  const texts = goods.length ? goods : await client.locate("#page h2").look();
  return texts.map(({ text }) => text.trim()).join(", ");
};

const place = async (client) => `${await client.address()} with ${await shown(client)}`;

// What was just swapped in is an ordinary link or form until htmx has settled it, a few milliseconds later.
const click = async (what, { expect, pause }) => {
  await expect(what).toBeVisible();
  await pause(300);
  await what.click();
};

const signIn = async (client, story) => {
  await click(link(client, "You"), story);
  await field(client, "Sign in as").fill("Ada");
  await click(button(client, "Sign in"), story);
  return client.locate("#code").text();
};

const signOut = async (client, story) => {
  await click(button(client, "Sign out"), story);
  await story.expect(link(client, "Mint tea")).toBeVisible();
};

export default [
  {
    id: "one-back",
    expects: "After two orders, a tick and a search, one Back leaves the list.",
    hint: "The search form shows its address in place of the current entry.",
    seconds: 25,
    alone: true,
    wire: [
      {
        request: "GET",
        path: "/catalogue*",
        client: "Alice",
        header: { "hx-request": "true" },
        times: 4,
      },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue/bread");
      await alice.goto("/catalogue");
      await field(alice, "Order").select("a-z");
      await expect(link(alice, "Dominoes")).toBeVisible();
      await field(alice, "Order").select("z-a");
      await expect(link(alice, "Small maps")).toBeVisible();
      await field(alice, "in stock").click();
      await expect(link(alice, "Small maps")).toBeGone();
      await field(alice, "Search").type("tea");
      await expect(link(alice, "Ten dice")).toBeGone();
      await expect(link(alice, "Mint tea")).toBeVisible();
      await alice.back();
      await expect(heading(alice, "Bread without hurry")).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue/bread");
    },
  },
  {
    id: "one-step",
    expects:
      "“Games”, page 2 and “Ten dice” are one step each for Back and Forward, each with its own address and list.",
    hint: "Look at each link: does it push its address? Then look for a header that wins over it.",
    seconds: 40,
    alone: true,
    async run({ open, expect, waitFor, pause }) {
      const alice = await open("Alice", "/catalogue");
      const places = [await place(alice)];
      await click(link(alice, "Games"), { expect, pause });
      await expect(link(alice, "Dominoes")).toBeVisible();
      places.push(await place(alice));
      await click(link(alice, "2"), { expect, pause });
      await expect(link(alice, "Ten dice")).toBeVisible();
      places.push(await place(alice));
      await click(link(alice, "Ten dice"), { expect, pause });
      await expect(heading(alice, "Ten dice")).toBeVisible();
      places.push(await place(alice));
      const addresses = places.map((words) => words.split(" ")[0]);
      expect(new Set(addresses).size, "the number of different addresses").toBe(4);

      const isAt = (number) =>
        waitFor(async () => {
          expect(await place(alice), "what is shown after Back and Forward").toBe(places[number]);
        });
      for (const number of [2, 1, 0]) {
        await alice.back();
        await isAt(number);
      }
      for (const number of [1, 2, 3]) {
        await alice.forward();
        await isAt(number);
      }
      await alice.back();
      await isAt(2);
      await alice.reload();
      await isAt(2);
    },
  },
  {
    id: "fields-agree",
    expects:
      "After Back and after a reload, the list is as it was, and the fields of the search agree with it.",
    hint: "What somebody types or chooses is not in the markup, and so not in a copy of it.",
    seconds: 40,
    alone: true,
    async run({ open, expect, waitFor, pause }) {
      const alice = await open("Alice", "/catalogue");
      const agrees = async ({ list, text, order, isTicked }) => {
        await waitFor(async () => expect(await shown(alice), "the list").toBe(list));
        await expect(field(alice, "Search")).toHaveValue(text);
        await expect(field(alice, "Order")).toHaveValue(order);
        const stock = field(alice, "in stock");
        await (isTicked ? expect(stock).toBeChecked() : expect(stock).not.toBeChecked());
      };

      await field(alice, "Order").select("z-a");
      await expect(link(alice, "Twelve knots")).toBeVisible();
      await field(alice, "in stock").click();
      await expect(link(alice, "Small maps")).toBeGone();
      await field(alice, "Search").type("tea");
      await expect(link(alice, "Ten dice")).toBeGone();
      const teas = { list: await shown(alice), text: "tea", order: "z-a", isTicked: true };
      await click(link(alice, "Mint tea"), { expect, pause });
      await expect(heading(alice, "Mint tea")).toBeVisible();
      await alice.back();
      await agrees(teas);
      await alice.reload();
      await agrees(teas);

      await field(alice, "in stock").click();
      await expect(link(alice, "Earl Grey")).toBeVisible();
      await field(alice, "Order").select("a-z");
      await waitFor(async () => expect(await shown(alice), "the list").toMatch(/^Chai|^Earl/));
      const more = { list: await shown(alice), text: "tea", order: "a-z", isTicked: false };
      await click(link(alice, "Earl Grey"), { expect, pause });
      await expect(heading(alice, "Earl Grey")).toBeVisible();
      await alice.back();
      await agrees(more);
    },
  },
  {
    id: "chat-stays",
    expects:
      "A half-written message and the chat's connection survive Back and Forward, and the message can be sent.",
    hint: "Back replaces what is inside the history element, and that is the body until you mark another.",
    seconds: 25,
    alone: true,
    wire: [{ frame: "received", path: "/chat", client: "Alice", contains: "Still here" }],
    async run({ open, wire, expect, pause }) {
      const alice = await open("Alice", "/catalogue");
      await expect(alice.locate("#here")).toContainText("1 here");
      await field(alice, "Message").fill("Still here");
      await click(link(alice, "Mint tea"), { expect, pause });
      await expect(heading(alice, "Mint tea")).toBeVisible();
      await alice.back();
      await expect(link(alice, "Oolong")).toBeVisible();
      await expect(field(alice, "Message")).toHaveValue("Still here");
      await alice.forward();
      await expect(heading(alice, "Mint tea")).toBeVisible();
      await expect(field(alice, "Message")).toHaveValue("Still here");
      await button(alice, "Send").click();
      await expect(alice.locate("#log").getByText(/Still here/)).toHaveCount(1);
      const joins = await wire.all({ frame: "received", client: "Alice", contains: '"room"' });
      expect(joins.length, "the number of times that Alice's page joined the room").toBe(1);
    },
  },
  {
    id: "nothing-private",
    expects:
      "After “Sign out” neither Back nor Forward shows the code, nor do they the second time.",
    hint: "Which pages are copied, and what becomes of the copies when somebody signs out?",
    seconds: 40,
    alone: true,
    wire: [{ request: "POST", path: "/sign-out", client: "Alice", times: 2 }],
    async run({ open, expect, pause }) {
      const alice = await open("Alice", "/catalogue");
      for (const steps of [1, 2]) {
        const code = await signIn(alice, { expect, pause });
        expect(code, "the code that a member sees").toMatch(/^C-\d+$/);
        await link(alice, "Lobby").click();
        await expect(link(alice, "Mint tea")).toBeVisible();
        await click(link(alice, "You"), { expect, pause });
        await expect(alice.locate("#code")).toHaveText(code);
        await signOut(alice, { expect, pause });
        for (const way of ["back", "forward"]) {
          for (let step = 0; step < steps; step += 1) {
            const here = await alice.address();
            await alice[way]();
            await expect(alice).not.toHaveAddress(here);
            await pause(500);
            expect(await alice.text(), "what is shown after “Sign out”").not.toContain(code);
          }
        }
      }
    },
  },
];
