const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });

const signIn = async ({ open, expect }) => {
  const alice = await open("Alice");
  await link(alice, "Sign in").click();
  await alice.getByPlaceholderText("Your name").fill("Ada");
  await button(alice, "Sign in").click();
  await expect(link(alice, "You")).toBeVisible();
  return alice;
};

export default {
  async sign({ open, waitFor, wire, expect }) {
    const alice = await open("Alice");
    const opened = (count) =>
      waitFor(async () => {
        const sockets = await wire.all({ request: "GET", path: "/chat", status: 101 });
        expect(sockets.length, "the number of sockets").toBe(count);
      });
    await opened(1);
    await alice.cut();
    await opened(2);
  },
  async signing(story) {
    await signIn(story);
  },
  async token(story) {
    const alice = await signIn(story);
    await link(alice, "You").click();
    await alice.getByLabelText("To whom").fill("Ben");
    await button(alice, "Give a stamp").click();
  },
  async wave({ open }) {
    const alice = await open("Alice");
    await button(alice, "Wave").click();
  },
  async copies(story) {
    const alice = await signIn(story);
    await link(alice, "You").click();
    await link(alice, "Catalogue").click();
    await button(alice, "Sign out").click();
    await story.expect(link(alice, "Sign in")).toBeVisible();
    await alice.back();
    await alice.back();
  },
  async whole(story) {
    const alice = await story.open("Alice");
    await link(alice, "Games").click();
    await link(alice, "2").click();
    await story.expect(link(alice, "Ten dice")).toBeVisible();
    await alice.back();
  },
};
