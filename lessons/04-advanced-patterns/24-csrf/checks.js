// Signs in as a person does, and leaves the page as it then is.
const signIn = async (client, name, expect) => {
  await client.locate("#account [name=name]").fill(name);
  await client.getByRole("button", { name: "Sign in" }).click();
  await expect(client.locate("#account")).toContainText("10 stamps");
};

// A member with a page that was loaded after signing in.
const member = async (open, name, expect) => {
  const client = await open(name);
  await signIn(client, name, expect);
  return open(name);
};

const account = (client) => client.locate("#account").text();

// What a browser would send of a form as it stands in the page.
const fieldsOf = async (form) => {
  const inputs = await form.locate("input").look();
  return Object.fromEntries(inputs.map(({ attributes, value }) => [attributes.name, value]));
};

const isRefused = (status) => status >= 400 && status < 500;
const REFUSED = "refused, with a status from 400 to 499";

export default [
  {
    id: "forged-gift",
    expects:
      "A form on Mallory's page that gives away Alice's stamps is refused, and she keeps all ten.",
    hint: "The cookie comes with the forged form as well. Ask for something that only Lobby's own pages know.",
    seconds: 30,
    wire: [{ request: "POST", path: "/gifts", client: "Alice" }],
    async run({ open, attack, expect }) {
      const alice = await member(open, "Alice", expect);
      const { status } = await attack(alice, "/gifts", { fields: { to: "Mallory", count: "5" } });
      await open("Alice");
      expect(await account(alice), "Alice's account afterwards").toContain("10 stamps");
      expect(isRefused(status) ? REFUSED : `answered with ${status}`, "the forged gift").toBe(
        REFUSED,
      );
    },
  },
  {
    id: "forged-session",
    expects: "Mallory's page can neither sign Alice out nor sign her in as somebody else.",
    hint: "Signing in and out change something too. Every POST needs the token, also before anybody is signed in.",
    seconds: 30,
    wire: [
      { request: "POST", path: "/sign-in", client: "Alice" },
      { request: "POST", path: "/sign-out", client: "Alice" },
    ],
    async run({ open, attack, expect }) {
      const alice = await member(open, "Alice", expect);
      await attack(alice, "/sign-out");
      await attack(alice, "/sign-in", { fields: { name: "Mallory" } });
      await open("Alice");
      expect(await account(alice), "Alice's account afterwards").toContain("You are Alice");
    },
  },
  {
    id: "anothers-token",
    expects: "The token that Mallory gets as a visitor of Lobby is worth nothing in Alice's name.",
    hint: "Compare the token with the one of the session that the cookie names, not with all that you gave out.",
    seconds: 30,
    wire: [{ request: "POST", path: "/sign-out", client: "Alice" }],
    async run({ open, attack, expect }) {
      const alice = await member(open, "Alice", expect);
      const mallory = await member(open, "Mallory", expect);
      const fields = await fieldsOf(mallory.locate('form[action$="/gifts"]'));
      await attack(alice, "/sign-out", { fields });
      await open("Alice");
      expect(await account(alice), "Alice's account afterwards").toContain("You are Alice");
    },
  },
  {
    id: "htmx-carries",
    expects:
      "With htmx, Alice's gift and her cup of tea pass; a cup that is asked for without the token is refused.",
    hint: "The button for a cup is in no form: its request can carry the token only in a header.",
    seconds: 30,
    wire: [
      { request: "POST", path: "/gifts", client: "Alice", header: { "hx-request": "true" } },
      {
        request: "POST",
        path: "/cups",
        client: "Alice",
        header: { "hx-request": "true" },
        status: 200,
      },
    ],
    async run({ open, expect }) {
      const alice = await member(open, "Alice", expect);
      await alice.getByLabelText("How many stamps").fill("3");
      await alice.getByLabelText("To whom").fill("Bob");
      await alice.getByRole("button", { name: "Give" }).click();
      await expect(alice.locate("#account")).toContainText("7 stamps");
      await alice.getByRole("button", { name: "Drink a cup" }).click();
      await expect(alice.locate("#account")).toContainText("6 stamps");
      const bare = { method: "POST", headers: { "HX-Request": "true" } };
      const { status } = await alice.request("/cups", bare);
      expect(
        isRefused(status) ? REFUSED : `answered with ${status}`,
        "POST /cups from Lobby's own page, without a token",
      ).toBe(REFUSED);
    },
  },
  {
    id: "plain-form",
    expects: "Alice's gift passes without JavaScript as well, and she is led back to the page.",
    hint: "Without htmx there are no headers of your own: a form can carry the token in a hidden field.",
    seconds: 30,
    wire: [{ request: "POST", path: "/gifts", client: "Alice" }],
    async run({ open, expect }) {
      const alice = await member(open, "Alice", expect);
      const form = alice.locate('form[action$="/gifts"]');
      const body = new URLSearchParams({ ...(await fieldsOf(form)), count: "3", to: "Bob" });
      const { status, text } = await alice.request(await form.attribute("action"), {
        method: (await form.attribute("method")) ?? "GET",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: `${body}`,
      });
      expect(status, "the status of the page at the end").toBe(200);
      expect(text, "the answer").toContain("<html");
      await open("Alice");
      expect(await account(alice), "Alice's account afterwards").toContain("7 stamps");
    },
  },
  {
    id: "after-sign-in",
    expects:
      "When Alice signs out and in again and does not reload, her next cup of tea still passes.",
    hint: "A boosted form swaps what is inside the body. Attributes on the body stay as they were.",
    seconds: 30,
    async run({ open, expect }) {
      const alice = await open("Alice");
      await signIn(alice, "Alice", expect);
      await alice.getByRole("button", { name: "Drink a cup" }).click();
      await expect(alice.locate("#account")).toContainText("9 stamps");
      await alice.getByRole("button", { name: "Sign out" }).click();
      await expect(alice.locate("#account [name=name]")).toBeVisible();
      await alice.locate("#account [name=name]").fill("Alice");
      await alice.getByRole("button", { name: "Sign in" }).click();
      await expect(alice.locate("#account")).toContainText("9 stamps");
      await alice.getByRole("button", { name: "Drink a cup" }).click();
      await expect(alice.locate("#account")).toContainText("8 stamps");
    },
  },
  {
    id: "forged-socket",
    expects: "Mallory's page cannot open the chat in Alice's name; Alice's own page can.",
    hint: "A handshake has no headers of htmx, but it always says which origin it comes from.",
    seconds: 30,
    wire: [{ request: "GET", path: "/chat", client: "Alice", status: 101 }],
    async run({ open, attack, expect }) {
      const alice = await member(open, "Alice", expect);
      await expect(alice.locate("#here")).toContainText("Alice");
      const { opened } = await attack(alice, "/chat", { socket: true });
      expect(opened ? "opened" : "refused", "the handshake from Mallory's page").toBe("refused");
    },
  },
];
