const button = (client, name) => client.getByRole("button", { name });
const link = (client, name) => client.getByRole("link", { name });
const notes = (client) => client.locate("#notes");

const signIn = async (client, name) => {
  await client.goto("/sign-in");
  await client.getByPlaceholderText("Your name").fill(name);
  await button(client, "Sign in").click();
};

// A member's window, on the page of their notes, with its stream open.
const reader = async ({ open, wire }, who, member) => {
  const client = await open(who);
  await signIn(client, member);
  await link(client, "Notes").click();
  await wire.find({ request: "GET", path: "/inbox", client: who });
  return client;
};

const keep = async (client, note) => {
  await client.getByLabelText("A note").fill(note);
  await button(client, "Keep").click();
};

// What another tab of the same browser does: this page only lends its cookies.
const elsewhere = (client, path) => client.request(path, { method: "POST" });

const opened = async (wire, client) =>
  (await wire.all({ request: "GET", path: "/inbox", client })).length;

// A page that lost its stream asks again after one second. Nothing is to come in three.
const expectNoReturn = async ({ wire, pause, expect }, client) => {
  const before = await opened(wire, client);
  await pause(3000);
  const after = await opened(wire, client);
  expect(after, `how often ${client}'s page has asked for its stream`).toBe(before);
};

const asMember = async (server, name) => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const body = `name=${encodeURIComponent(name)}`;
  const answer = await server.request("/sign-in", { method: "POST", headers, body });
  return { Cookie: answer.headers["set-cookie"].split(";")[0] };
};

// A note that a member keeps on another device.
const keepAway = async (server, name, note) => {
  const headers = await asMember(server, name);
  headers["Content-Type"] = "application/x-www-form-urlencoded";
  return server.request("/notes", { method: "POST", headers, body: `note=${note}` });
};

export default [
  {
    id: "stream-refused",
    expects:
      "`/inbox` is answered with 401 without a session, with an unknown one and with one that is over; a member gets their stream.",
    hint: "Ask for the session before you make the stream, as `connect` does before `upgrade`.",
    seconds: 25,
    wire: [
      { request: "GET", path: "/inbox", client: "No browser", status: 401, times: 3 },
      { request: "GET", path: "/inbox", client: "No browser", status: 200 },
    ],
    async run({ server, expect }) {
      const stranger = await server.request("/inbox");
      expect(stranger.status, "the status of /inbox without a cookie").toBe(401);
      const Cookie = "session=3b0c1d1e-0000-4000-8000-000000000000";
      const forged = await server.request("/inbox", { headers: { Cookie } });
      expect(forged.status, "the status of /inbox with an unknown cookie").toBe(401);
      const headers = await asMember(server, "Ada");
      const member = await server.request("/inbox", { headers });
      expect(member.status, "the status of /inbox for a member").toBe(200);
      await server.request("/sign-out", { method: "POST", headers });
      const late = await server.request("/inbox", { headers });
      expect(late.status, "the status of /inbox after signing out").toBe(401);
    },
  },
  {
    id: "stream-ends",
    expects:
      "When Alice signs out in another tab, no later note comes to any of her pages, and they do not ask for their streams again.",
    hint: "End the stream from the server, by an event that `sse-close` names.",
    seconds: 50,
    wire: [
      { request: "POST", path: "/sign-out", client: "Alice" },
      { event: "*", path: "/inbox", client: "Alice", contains: "early" },
      { event: "*", path: "/inbox", client: "Alice", contains: "late", times: 0 },
    ],
    async run(story) {
      const { wire, waitFor, expect } = story;
      const alice = await reader(story, "Alice", "Ada");
      const bob = await reader(story, "Bob", "Ada");
      // A second stream of the same session, as another tab would open it. It is answered when it ends.
      alice.request("/inbox").catch(() => {});
      await waitFor(async () => {
        expect(await opened(wire, "Alice"), "the number of Alice's streams").toBe(2);
      });
      await keep(bob, "early bread");
      await expect(notes(alice)).toContainText("early bread");
      await elsewhere(alice, "/sign-out");
      await keep(bob, "late bread");
      await expect(notes(bob)).toContainText("late bread");
      await expectNoReturn(story, "Alice");
      await expect(notes(alice)).not.toContainText("late bread");
    },
  },
  {
    id: "notes-vanish",
    expects: "When Alice signs out in another tab, her notes vanish from this one.",
    hint: "Before the stream ends, it can bring one more event of the name that the list shows.",
    seconds: 25,
    wire: [{ request: "POST", path: "/sign-out", client: "Alice" }],
    async run(story) {
      const { expect } = story;
      const alice = await reader(story, "Alice", "Ada");
      await keep(alice, "secret recipe");
      await expect(notes(alice)).toContainText("secret recipe");
      await elsewhere(alice, "/sign-out");
      await expect(alice.getByText(/secret recipe/)).toBeGone();
    },
  },
  {
    id: "others-stay",
    expects:
      "Bob, who is signed in under the same name, and Carol, under another, keep the streams and sockets that they have.",
    hint: "End what this one session has opened. A member may have several.",
    seconds: 60,
    wire: [
      { event: "*", path: "/inbox", client: "Bob", contains: "after" },
      { event: "*", path: "/inbox", client: "Carol", contains: "afterwards" },
      { frame: "received", client: "Bob", contains: "Still here" },
    ],
    async run(story) {
      const { wire, expect } = story;
      const alice = await reader(story, "Alice", "Ada");
      const bob = await reader(story, "Bob", "Ada");
      const carol = await reader(story, "Carol", "Carla");
      await elsewhere(alice, "/sign-out");
      await keep(bob, "after bread");
      await expect(notes(bob)).toContainText("after bread");
      await wire.find({ event: "*", path: "/inbox", client: "Bob", contains: "after bread" });
      await keep(carol, "afterwards tea");
      await wire.find({ event: "*", path: "/inbox", client: "Carol", contains: "afterwards tea" });
      await expect(notes(carol)).not.toContainText("bread");
      await bob.locate("#say [name=message]").fill("Still here");
      await button(bob, "Send").click();
      await expect(carol.locate("#log")).toContainText("Still here");
      for (const name of ["Bob", "Carol"]) {
        expect(await opened(wire, name), `how often ${name}'s page has opened its stream`).toBe(1);
      }
    },
  },
  {
    id: "everywhere",
    expects:
      "“Sign out everywhere” on Alice's page ends Bob's session of the same name, with stream and socket; Carol's, of another name, stays.",
    hint: "It is the same end, for each session of the member.",
    seconds: 60,
    wire: [
      { request: "POST", path: "/sign-out-everywhere", client: "Alice" },
      { event: "*", path: "/inbox", client: "Bob", contains: "late", times: 0 },
      { event: "*", path: "/inbox", client: "Carol", contains: "afterwards" },
    ],
    async run(story) {
      const { open, server, wire, waitFor, expect } = story;
      const alice = await open("Alice");
      await signIn(alice, "Ada");
      const bob = await reader(story, "Bob", "Ada");
      const carol = await reader(story, "Carol", "Carla");
      const socket = await bob.connect("/chat");
      expect(socket.opened ? "opened" : "refused", "a socket of Bob's").toBe("opened");
      await button(alice, "Sign out everywhere").click();
      await expect(link(alice, "Sign in")).toBeVisible();
      await waitFor(async () => {
        const code = await socket.closed();
        expect(code === null ? "open" : "closed", "the socket of Bob's").toBe("closed");
      });
      const { status } = await bob.request("/notes", { headers: { "HX-Request": "true" } });
      expect(status, "the status of /notes for Bob").toBe(401);
      await keepAway(server, "Ada", "late bread");
      await keep(carol, "afterwards tea");
      await wire.find({ event: "*", path: "/inbox", client: "Carol", contains: "afterwards tea" });
    },
  },
  {
    id: "nothing-private",
    expects:
      "Guests get no notes and no chat, and after signing out Back shows nothing of a member's.",
    hint: "These are the steps of this lesson: 401 with a header for htmx, 303 for the browser, no copies.",
    seconds: 50,
    wire: [
      { request: "POST", path: "/notes", client: "No browser", status: 401 },
      { request: "GET", path: "/notes", client: "No browser", status: 303 },
      { request: "GET", path: "/chat", client: "Bob", status: 401 },
    ],
    async run({ open, server, expect }) {
      const alice = await open("Alice");
      await signIn(alice, "Ada");
      await link(alice, "Notes").click();
      await keep(alice, "secret recipe");
      await expect(notes(alice)).toContainText("secret recipe");
      await link(alice, "Catalogue").click();
      await expect(link(alice, "Mint tea")).toBeVisible();
      await button(alice, "Sign out").click();
      await expect(link(alice, "Sign in")).toBeVisible();
      await alice.back();
      await alice.back();
      await expect(alice.getByText(/secret recipe/)).toBeGone();
      const headers = {
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
      };
      const asked = await server.request("/notes", { method: "POST", headers, body: "note=x" });
      expect(asked.status, "the status for a guest's htmx").toBe(401);
      expect(asked.headers["hx-redirect"], "its HX-Redirect").toBe("/sign-in");
      const browser = await server.request("/notes");
      expect(browser.status, "the status for a guest's browser").toBe(303);
      const bob = await open("Bob");
      const { opened: isOpen } = await bob.connect("/chat");
      expect(isOpen ? "opened" : "refused", "a guest's socket").toBe("refused");
    },
  },
];
