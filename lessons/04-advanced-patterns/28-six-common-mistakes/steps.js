const link = (client, name) => client.getByRole("link", { name });
const button = (client, name) => client.getByRole("button", { name });

// What was just swapped in is an ordinary link or form until htmx has settled it, a few milliseconds later.
const click = async (what, { expect, pause }) => {
  await expect(what).toBeVisible();
  await pause(300);
  await what.click();
};

const signIn = async (story) => {
  const alice = await story.open("Alice");
  await click(link(alice, "Sign in"), story);
  await alice.getByPlaceholderText("Your name").fill("Ada");
  await click(button(alice, "Sign in"), story);
  await story.expect(link(alice, "You")).toBeVisible();
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
    await click(link(alice, "You"), story);
    await alice.getByLabelText("To whom").fill("Ben");
    await click(button(alice, "Give a stamp"), story);
  },
  async wave({ open }) {
    const alice = await open("Alice");
    await button(alice, "Wave").click();
  },
  async copies(story) {
    const alice = await signIn(story);
    await click(link(alice, "You"), story);
    await click(link(alice, "Catalogue"), story);
    await click(button(alice, "Sign out"), story);
    await story.expect(link(alice, "Sign in")).toBeVisible();
    await alice.back();
    await alice.back();
  },
  async whole(story) {
    const alice = await story.open("Alice");
    await click(link(alice, "Games"), story);
    await click(link(alice, "2"), story);
    await story.expect(link(alice, "Ten dice")).toBeVisible();
    await alice.back();
  },
};
