const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const heading = (client, name) => client.getByRole("heading", { name });

const signIn = async (client, name) => {
  await client.getByPlaceholderText("Your name").fill(name);
  await button(client, "Sign in").click();
};

// What a browser without JavaScript sends for this form: it knows GET and POST, and takes all else for GET.
const plainly = async (server, form) => {
  const field = form.locate("[name=good]");
  const fields = `good=${encodeURIComponent(await field.value())}`;
  const action = await form.attribute("action");
  const isPost = (await form.attribute("method"))?.toLowerCase() === "post";
  if (!isPost) return server.request(`${action}?${fields}`);
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return server.request(action, { method: "POST", headers, body: fields });
};

export default [
  {
    id: "links",
    expects: "“Games” and “Marbles” are fetched by htmx, as boosted links, and the title follows.",
    hint: "`hx-boost` is inherited: on the body it is on every link inside.",
    seconds: 15,
    wire: [
      { request: "GET", path: "/catalogue?kind=games", header: { "hx-boosted": "true" } },
      { request: "GET", path: "/catalogue/marbles", header: { "hx-boosted": "true" } },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await link(alice, "Games").click();
      await expect(alice).toHaveTitle("Games · Lobby");
      await link(alice, "Marbles").click();
      await expect(heading(alice, "Marbles")).toBeVisible();
      await expect(alice).toHaveTitle("Marbles · Lobby");
    },
  },
  {
    id: "forms",
    expects:
      "The search and “Wish for it” are sent by htmx, as boosted forms, and the page that answers is shown.",
    hint: "The forms inherit it as the links do. A form that changes nothing global needs no attribute of its own.",
    seconds: 20,
    wire: [
      { request: "GET", path: "/catalogue?q=maps", header: { "hx-boosted": "true" } },
      { request: "*", path: "/wishes", header: { "hx-boosted": "true" } },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await alice.getByPlaceholderText("Search").fill("maps");
      await button(alice, "Search").click();
      await link(alice, "Small maps").click();
      await button(alice, "Wish for it").click();
      await expect(heading(alice, "Your wishes")).toBeVisible();
      await expect(alice.locate("#page").getByRole("link", { name: "Small maps" })).toBeVisible();
    },
  },
  {
    id: "way-back",
    expects:
      "The address follows, a reload shows the same page, and Back and Forward go one step each.",
    hint: "A boosted link pushes its address by itself. Does an attribute forbid it?",
    seconds: 25,
    async run({ open, expect }) {
      const alice = await open("Alice");
      await link(alice, "Games").click();
      await expect(alice).toHaveAddress("/catalogue?kind=games");
      await link(alice, "Marbles").click();
      await expect(alice).toHaveAddress("/catalogue/marbles");
      await alice.back();
      await expect(link(alice, "Dominoes")).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue?kind=games");
      await alice.forward();
      await expect(heading(alice, "Marbles")).toBeVisible();
      await alice.reload();
      await expect(heading(alice, "Marbles")).toBeVisible();
      await expect(link(alice, "You")).toBeVisible();
      await expect(alice.locate("#say [name=message]")).toBeVisible();
    },
  },
  {
    id: "line-stays",
    expects:
      "A half-written message survives a click on “Games” and Back, on the same line and with the same news.",
    hint: "The whole inside of the body is swapped. An element with an id can be kept through that.",
    seconds: 20,
    wire: [
      { frame: "received", client: "Alice", contains: '"room"' },
      { frame: "received", client: "Alice", contains: "Good mor" },
    ],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await expect(alice.locate("#here")).toContainText("1 here");
      await open("Bob");
      await expect(alice.locate("#notices")).toContainText("joined");
      await alice.locate("#say [name=message]").fill("Good mor");
      await link(alice, "Games").click();
      await expect(link(alice, "Dominoes")).toBeVisible();
      await alice.back();
      await expect(link(alice, "Mint tea")).toBeVisible();
      await expect(alice.locate("#say [name=message]")).toHaveValue("Good mor");
      await expect(alice.locate("#notices")).toContainText("joined");
      await button(alice, "Send").click();
      await expect(alice.locate("#log")).toContainText("Good mor");
      const entered = await wire.all({ frame: "received", client: "Alice", contains: '"room"' });
      expect(entered.length, "the number of times that Alice's page entered the room").toBe(1);
    },
  },
  {
    id: "download",
    expects: "“Price list” gives the file to the browser, and the page stays as it is.",
    hint: "htmx 2 does not look at `download`. This one link must not be boosted.",
    wire: [
      { request: "GET", path: "/prices.csv", status: 200 },
      { request: "GET", path: "/prices.csv", header: { "hx-request": "*" }, times: 0 },
    ],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await link(alice, "Price list").click();
      await wire.find({ request: "GET", path: "/prices.csv" });
      await expect(link(alice, "Mint tea")).toBeVisible();
      await expect(link(alice, "Price list")).toBeVisible();
    },
  },
  {
    id: "who-you-are",
    expects:
      "After “Sign in” the chat knows Alice by her name, and after “Sign out” it no longer does.",
    hint: "The server asks who speaks when the line is opened. A new page opens a new line.",
    seconds: 20,
    async run({ open, expect }) {
      const alice = await open("Alice", "/you");
      await expect(alice.locate("#here")).toContainText("Guest");
      await signIn(alice, "Ada");
      await expect(button(alice, "Sign out")).toBeVisible();
      await expect(alice.locate("#here")).toContainText("Ada");
      await button(alice, "Sign out").click();
      await expect(button(alice, "Sign in")).toBeVisible();
      await expect(alice.locate("#here")).toContainText("Guest");
      await expect(alice.locate("#here")).not.toContainText("Ada");
    },
  },
  {
    id: "large-type",
    expects: "After “Large type” the page is inside an element with the class “large”, at once.",
    hint: "A boosted swap changes what is inside the body, and not the body's own attributes.",
    seconds: 15,
    async run({ open, expect }) {
      const alice = await open("Alice", "/you");
      await button(alice, "Large type").click();
      await expect(button(alice, "Normal type")).toBeVisible();
      await expect(alice.locate(".large #page")).toBeVisible();
      await link(alice, "Catalogue").click();
      await expect(link(alice, "Mint tea")).toBeVisible();
      await expect(alice.locate(".large #page")).toBeVisible();
    },
  },
  {
    id: "without-javascript",
    expects:
      "A browser without JavaScript gets whole pages by the same links, and its wish is taken by the same form.",
    hint: "Such a browser reads `href`, `action` and `method`, and knows only `get` and `post`.",
    seconds: 20,
    wire: [
      { request: "GET", client: "No browser", status: 200, times: 4 },
      { request: "*", client: "No browser", status: 303 },
    ],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      const addresses = ["/", await link(alice, "Games").attribute("href")];
      await link(alice, "Marbles").click();
      addresses.push(await link(alice, "You").attribute("href"), await alice.address());
      for (const address of addresses) {
        const { status, text } = await server.request(address);
        expect(status, `the status of ${address}`).toBe(200);
        expect(text, `the page at ${address}`).toContain("<html");
        expect(text, `the page at ${address}`).toContain('id="chat"');
      }
      const sent = await plainly(server, alice.locate("#page form"));
      expect(sent.status, "the status of the wish").toBe(303);
      const cookie = sent.headers["set-cookie"].split(";")[0];
      const you = await server.request(sent.headers.location, { headers: { Cookie: cookie } });
      expect(you.text, "the page after the wish").toContain("Marbles");
    },
  },
];
