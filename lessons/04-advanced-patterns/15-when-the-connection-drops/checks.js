const say = async (client, words) => {
  await client.locate("#say [name=message]").fill(words);
  await client.locate("#say button").click();
};

const button = (client, name) => client.getByRole("button", { name });
const sockets = ({ wire }, name) =>
  wire.all({ request: "GET", path: "/chat", client: name, status: 101 });

// Waits until a client has opened so many sockets since the story began.
const opened = (story, name, count) =>
  story.waitFor(async () => {
    const { length } = await sockets(story, name);
    story.expect(length, `the number of sockets that ${name}'s page has opened`).toBe(count);
  });

// Each client's page, once its socket is open.
const join = async (story, name) => {
  const client = await story.open(name);
  await opened(story, name, 1);
  return client;
};

const inOrder = async ({ expect }, client, ...words) => {
  await expect(client.locate("#log")).toHaveText(new RegExp(words.join(".*")), words.join(", "));
  for (const word of words) {
    await expect(client.locate("#log").getByText(new RegExp(word))).toHaveCount(1);
  }
};

export default [
  {
    id: "says-reconnecting",
    expects:
      "After a break, and after a deployment, #connection says “Reconnecting …” until the page is back, and then nothing.",
    hint: "`htmx:wsClose` and `htmx:wsOpen`; a deployment closes with a code that comes back.",
    seconds: 40,
    wire: [
      { request: "POST", path: "/deploy", client: "Alice", status: 200 },
      { request: "GET", path: "/chat", client: "Alice", status: 101, times: 3 },
    ],
    async run(story) {
      const { server, expect } = story;
      const alice = await join(story, "Alice");
      await expect(alice.locate("#connection")).toHaveText("");
      await button(alice, "Deploy").click();
      await opened(story, "Alice", 2);
      await expect(alice.locate("#connection")).toHaveText("");
      await server.stop();
      await expect(alice.locate("#connection")).toContainText("Reconnecting");
      await server.start();
      await opened(story, "Alice", 3);
      await expect(alice.locate("#connection")).toHaveText("");
    },
  },
  {
    id: "connect-again",
    expects:
      "After “Leave”, #connection says “Disconnected.”, and “Connect again” opens one new socket and disappears.",
    hint: "`detail.socketWrapper.reconnect()`. Show the button only where the extension has given up.",
    seconds: 30,
    wire: [
      { frame: "received", client: "Alice", contains: '"leave"' },
      { request: "GET", path: "/chat", client: "Alice", status: 101, times: 3 },
    ],
    async run(story) {
      const { server, expect } = story;
      const alice = await join(story, "Alice");
      for (const count of [2, 3]) {
        await expect(button(alice, "Connect again")).toBeGone();
        await button(alice, "Leave").click();
        await expect(alice.locate("#connection")).toContainText("Disconnected");
        await expect(alice.locate("#connection")).not.toContainText("Reconnecting");
        await button(alice, "Connect again").click();
        await opened(story, "Alice", count);
      }
      await expect(button(alice, "Connect again")).toBeGone();
      await server.stop();
      await expect(alice.locate("#connection")).toContainText("Reconnecting");
      await expect(button(alice, "Connect again")).toBeGone();
      await opened(story, "Alice", 3);
    },
  },
  {
    id: "nothing-missed",
    expects:
      "Who was away, or comes later, sees each message once and in order, also after more than nine messages.",
    hint: "Send what came after the page's number, and subscribe in the same turn.",
    seconds: 40,
    wire: [{ frame: "received", client: "Alice", contains: '"leave"' }],
    async run(story) {
      const alice = await join(story, "Alice");
      const bob = await join(story, "Bob");
      for (let count = 1; count <= 8; count += 1) await say(alice, "…");
      await say(alice, "Alpha");
      await inOrder(story, bob, "Alpha");
      await button(alice, "Leave").click();
      await story.expect(alice.locate("#connection")).toContainText("Disconnected");
      await say(bob, "Beta");
      await say(bob, "Gamma");
      await button(alice, "Connect again").click();
      await inOrder(story, alice, "Alpha", "Beta", "Gamma");
      await alice.cut();
      await say(bob, "Delta");
      await opened(story, "Alice", 3);
      await say(alice, "Epsilon");
      const carol = await join(story, "Carol");
      for (const client of [alice, bob, carol]) {
        await inOrder(story, client, "Alpha", "Beta", "Gamma", "Delta", "Epsilon");
      }
    },
  },
  {
    id: "new-start",
    expects:
      "After a restart of the server, Alice, who was there before, sees each new message once.",
    hint: "A number means something only within one start: have the page say which start it is from.",
    seconds: 40,
    wire: [{ frame: "received", client: "Alice", contains: '"leave"' }],
    async run(story) {
      const { server } = story;
      const alice = await join(story, "Alice");
      for (const words of ["Alpha", "Beta", "Gamma"]) await say(alice, words);
      await inOrder(story, alice, "Alpha", "Beta", "Gamma");
      await button(alice, "Leave").click();
      await story.expect(alice.locate("#connection")).toContainText("Disconnected");
      await server.stop();
      await server.start();
      const bob = await join(story, "Bob");
      await say(bob, "Delta");
      await inOrder(story, bob, "Delta");
      await button(alice, "Connect again").click();
      await say(bob, "Epsilon");
      for (const client of [alice, bob]) await inOrder(story, client, "Delta", "Epsilon");
    },
  },
  {
    id: "half-written",
    expects:
      "What Alice sends while the server is away leaves the field at once and arrives once; what she begins meanwhile stays.",
    hint: "Clear the field by `htmx:wsConfigSend`, which comes when the text is taken.",
    seconds: 40,
    wire: [{ frame: "received", client: "Alice", contains: "Good morning" }],
    async run(story) {
      const { server, expect } = story;
      const alice = await join(story, "Alice");
      await server.stop();
      await expect(alice.locate("#connection")).toContainText("Reconnecting");
      await say(alice, "Good morning");
      await expect(alice.locate("#say [name=message]")).toHaveValue("");
      await alice.locate("#say [name=message]").fill("How a");
      await server.start();
      const bob = await join(story, "Bob");
      for (const client of [alice, bob]) await inOrder(story, client, "Good morning");
      await expect(alice.locate("#say [name=message]")).toHaveValue("How a");
    },
  },
];
