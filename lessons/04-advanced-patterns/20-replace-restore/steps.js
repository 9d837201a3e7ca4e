const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });
const heading = (client, name) => client.getByRole("heading", { name });

// What was just swapped in is an ordinary link or form until htmx has settled it, a few milliseconds later.
const click = async (what, { expect, pause }) => {
  await expect(what).toBeVisible();
  await pause(300);
  await what.click();
};

// Signs in, out, and goes back to “You”.
const comeBack = async ({ open, expect, pause }) => {
  const story = { expect, pause };
  const alice = await open("Alice", "/catalogue");
  await click(link(alice, "You"), story);
  await alice.getByLabelText("Sign in as").fill("Ada");
  await click(button(alice, "Sign in"), story);
  await click(button(alice, "Sign out"), story);
  await expect(link(alice, "Mint tea")).toBeVisible();
  await alice.back();
  await expect(heading(alice, "You")).toBeVisible();
  return alice;
};

export default {
  async replace({ open, expect, pause }) {
    const alice = await open("Alice", "/catalogue?kind=books");
    await click(link(alice, "Bread without hurry"), { expect, pause });
    await click(link(alice, "← Books"), { expect, pause });
    await expect(link(alice, "Night trains")).toBeVisible();
    await pause(300);
    await alice.getByLabelText("Order").select("a-z");
    await expect(link(alice, "Letters to a lighthouse")).toBeVisible();
    await alice.getByLabelText("Order").select("z-a");
    await expect(link(alice, "Twelve knots")).toBeVisible();
    await alice.back();
  },
  async shorter({ open, expect }) {
    const alice = await open("Alice", "/catalogue?kind=books");
    await alice.getByLabelText("Order").select("a-z");
    await expect(link(alice, "Letters to a lighthouse")).toBeVisible();
  },
  async "main-only"({ open, expect, pause }) {
    const alice = await open("Alice", "/catalogue");
    await expect(alice.locate("#here")).toContainText("1 here");
    await alice.getByLabelText("Message").fill("Still here");
    await click(link(alice, "Mint tea"), { expect, pause });
    await expect(heading(alice, "Mint tea")).toBeVisible();
    await alice.back();
    await expect(link(alice, "Oolong")).toBeVisible();
    await click(button(alice, "Send"), { expect, pause });
  },
  async copies({ open, expect, pause }) {
    const alice = await comeBack({ open, expect, pause });
    const isPrivate = (await button(alice, "New code").count()) === 1;
    if (isPrivate) await click(button(alice, "New code"), { expect, pause });
  },
  async "never-kept"({ open, expect, pause }) {
    await comeBack({ open, expect, pause });
  },
};
