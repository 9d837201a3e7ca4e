// Chooses a tea and votes, as a person does.
const vote = async (client, tea) => {
  await client.getByRole("radio", { name: tea }).click();
  await client.getByRole("button", { name: "Vote" }).click();
};

const isStream = ({ response }) =>
  Object.entries(response).some(
    ([name, value]) =>
      name.toLowerCase() === "content-type" && value.startsWith("text/event-stream"),
  );

export default [
  {
    id: "vote-is-a-request",
    expects: "Alice's vote is a POST request to /votes, and her page shows the new count.",
    hint: "`hx-post` sends the form by HTTP. A GET may be repeated or fetched ahead: it must not count.",
    seconds: 30,
    wire: [{ request: "POST", path: "/votes", client: "Alice", header: { "hx-request": "true" } }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await vote(alice, "Assam");
      await wire.find({ request: "POST", path: "/votes", client: "Alice" });
      await expect(alice.locate("#standing")).toContainText("Assam 1");
    },
  },
  {
    id: "everybody-sees",
    expects:
      "When Alice votes, Bob's page shows the new count within two seconds, and nobody reloads.",
    hint: "Announce it to all pages. The answer to Alice's request reaches Alice alone.",
    seconds: 30,
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      await vote(alice, "Matcha");
      await expect(bob.locate("#standing")).toContainText("Matcha 1");
      await vote(bob, "Matcha");
      await expect(alice.locate("#standing")).toContainText("Matcha 2");
    },
  },
  {
    id: "no-socket",
    expects:
      "The vote opens no WebSocket: Alice's page has those of the chat and of the numbers only.",
    hint: "Hearing a count takes no telephone. Take `ws-connect` away as well as `ws-send`.",
    seconds: 30,
    wire: [{ request: "GET", path: "/", client: "Alice", status: 200 }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await vote(alice, "Assam");
      await expect(alice.locate("#standing")).toContainText("Assam 1");
      const sockets = await wire.all({ request: "GET", client: "Alice", status: 101 });
      const others = sockets
        .map(({ path }) => path)
        .filter((path) => !["/chat", "/numbers"].includes(path));
      expect(others, "other WebSockets that Alice's page has opened").toEqual([]);
    },
  },
  {
    id: "one-stream",
    expects: "Alice's page has one stream of events, not one more for the vote.",
    hint: "A browser has six connections to a site over HTTP/1.1. The stream of /notifications has room for another event.",
    seconds: 30,
    wire: [{ request: "GET", path: "/notifications", client: "Alice", status: 200 }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice");
      await vote(alice, "Assam");
      await expect(alice.locate("#standing")).toContainText("Assam 1");
      const streams = (await wire.all({ request: "GET", client: "Alice" })).filter(isStream);
      expect([...new Set(streams.map(({ path }) => path))], "the streams of Alice's page").toEqual([
        "/notifications",
      ]);
    },
  },
  {
    id: "there-at-once",
    expects: "The count is in the page itself, as the server sends it.",
    hint: "Put it in where the page is made (layout.js), so that it can be read before any script runs.",
    seconds: 30,
    wire: [{ request: "GET", path: "/", client: "No browser", status: 200 }],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      await vote(alice, "Darjeeling");
      await expect(alice.locate("#standing")).toContainText("Darjeeling 1");
      const { text } = await server.request("/");
      const words = text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
      expect(words, "the page's text").toContain("Darjeeling 1");
    },
  },
  {
    id: "plain-form",
    expects: "The form works without JavaScript: it is sent by POST, and leads back to a page.",
    hint: "Give the form `method` and `action`, and answer a request that is not htmx's with a redirect.",
    seconds: 30,
    wire: [{ request: "POST", client: "Alice", body: "tea=assam" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const form = alice.locate("#vote");
      const method = (await form.attribute("method")) ?? "get";
      const action = (await form.attribute("action")) ?? (await alice.address());
      expect(method.toLowerCase(), "the form's method").toBe("post");
      const { status, text } = await alice.request(action, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: "tea=assam",
      });
      expect(status, "the status of the page at the end").toBe(200);
      expect(text, "the answer").toContain("<html");
      const bob = await open("Bob");
      await expect(bob.locate("#standing")).toContainText("Assam 1");
    },
  },
  {
    id: "comes-back",
    expects:
      "A vote that falls while Alice's lines are cut is on her page once they are back, without a reload.",
    hint: "What is announced is remembered, and a browser that returns says what it saw last.",
    seconds: 30,
    wire: [{ request: "POST", path: "/votes", client: "No browser", body: "tea=assam" }],
    async run({ open, server, wire, expect }) {
      const alice = await open("Alice");
      const streams = async () =>
        (await wire.all({ request: "GET", client: "Alice" })).filter(isStream).length;
      await wire.find({ event: "*", client: "Alice" });
      let votes = 0;
      // Once more where she was back before the vote had come.
      for (let before = -1; before !== (await streams()); votes += 1) {
        before = await streams();
        await alice.cut();
        await server.request("/votes", {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: "tea=assam",
        });
      }
      await expect(alice.locate("#standing")).toContainText(`Assam ${votes}`);
    },
  },
  {
    id: "chat-stays",
    expects: "The chat goes on over its WebSocket: Bob sees what Alice says.",
    hint: "Only the vote has nothing to do on a WebSocket. The chat still needs the `ws` extension.",
    seconds: 30,
    wire: [{ frame: "received", path: "/chat", client: "Alice", contains: "Good morning" }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      for (const client of [alice, bob]) {
        await expect(client.locate("#here")).toContainText("here");
      }
      await alice.locate("#say [name=message]").fill("Good morning");
      await alice.locate("#say button").click();
      await expect(bob.locate("#log")).toContainText("Good morning");
    },
  },
];
