const GREETINGS = ["Good morning", "Good evening"];

const write = async (client) => {
  for (const words of GREETINGS) {
    await client.locate("#say [name=message]").fill(words);
    await client.locate("#say button").click();
  }
};

// Until a client's page has opened so many sockets; a page that stays away is not waited for for ever.
const opened = async ({ wire, waitFor, expect }, count) => {
  const sockets = { request: "GET", path: "/chat", client: "Alice", status: 101 };
  try {
    await waitFor(async () => {
      const { length } = await wire.all(sockets);
      expect(length, "the number of sockets").toBe(count);
    });
  } catch {
    // Before the edit, there may be no way back.
  }
};

const cut = async (story) => {
  const alice = await story.open("Alice");
  await opened(story, 1);
  await write(alice);
  await alice.cut();
  await opened(story, 2);
};

const press = (name) => async (story) => {
  const alice = await story.open("Alice");
  await opened(story, 1);
  await alice.getByRole("button", { name }).click();
  await opened(story, 2);
};

export default {
  sign: cut,
  deploy: press("Deploy"),
  truth: press("Leave"),
  delay: cut,
  draft: cut,
  number: cut,
  async "catch-up"({ open }) {
    await write(await open("Alice"));
    await open("Bob");
  },
};
