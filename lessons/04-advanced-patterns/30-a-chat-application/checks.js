const TEA = "/rooms/tea-room";
const GAMES = "/rooms/games";
const AWAY_MS = 3000;

const heading = (client, name) => client.getByRole("heading", { name });
const tab = (client, name) => client.getByRole("link", { name });
const log = (client) => client.locate("#log");
const sign = (client) => client.getByText(/Reconnecting/);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The only number in it, so “2 online” and “Open pages: 2” are both right.
const only = (number) => new RegExp(`^\\D*${number}\\D*$`);

async function say(client, words) {
  await client.getByLabelText("Message").fill(words);
  await client.getByRole("button", { name: "Send" }).click();
}

async function rename(client, name) {
  await client.getByLabelText("Your name").fill(name);
  await client.getByRole("button", { name: "Save" }).click();
}

// How often something stands in a client's log, however the log is made.
async function times(client, words) {
  return (await log(client).text()).split(words).length - 1;
}

// The requests by which a client's page has changed something, whatever their addresses are.
async function changes(wire, client) {
  const all = await wire.all({ request: "*", client: client.name });
  return all.filter(({ method, path }) => method !== "GET" && !path.startsWith("/.hxlab"));
}

async function oneChange(wire, client, expect) {
  const [change] = await changes(wire, client);
  expect(change, `a request by which ${client.name}'s page changes the name`).toBeDefined();
  return change;
}

const FORM = { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" };

// What a page adds to a request that neither the browser nor htmx would.
function ownHeaders({ headers }) {
  const usual =
    /^(accept|cache|connection|content|cookie|dnt|host|hx-|if-|origin|pragma|priority|referer|sec-|te$|upgrade|user-)/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !usual.test(name)));
}

// A request for a whole page, by what browsers accept there (Fetch, “navigate”). On plain http, other than at
// localhost, they send no `Sec-Fetch-Dest` that could say it.
const isNavigation = ({ headers }) => /application\/xhtml\+xml/.test(headers.accept);

const handshakes = async (wire, client) =>
  (await wire.all({ request: "GET", status: 101, client: client.name })).length;

// Waits until a client has opened a line more than so many times.
async function isBack(wire, client, before) {
  while ((await handshakes(wire, client)) <= before) await pause(100);
}

// Cuts a client's line; goes on when its page has noticed. No line opens for a while, until `server.delay(0)`.
async function sendAway(client, server) {
  await server.delay(AWAY_MS);
  await client.cut();
  const until = Date.now() + 2000;
  while (Date.now() < until && !(await sign(client).look()).some(({ visible }) => visible)) {
    await pause(50);
  }
}

export default [
  {
    id: "seen-at-once",
    expects: "What Alice says is at once on her own page and on Bob's, once on each.",
    hint: "Both sockets have joined the room's topic; publish by the call that leaves nobody out.",
    seconds: 30,
    wire: [{ frame: "sent", client: "Bob", contains: "Good morning" }],
    async run({ open, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(alice, "Good morning");
      await expect(log(bob)).toContainText("Good morning");
      await say(bob, "Good evening");
      for (const client of [alice, bob]) {
        await expect(log(client)).toContainText("Good morning");
        await expect(log(client)).toContainText("Good evening");
        expect(
          await times(client, "Good morning"),
          `the number of times that “Good morning” is on ${client.name}'s page`,
        ).toBe(1);
      }
    },
  },
  {
    id: "rooms-apart",
    expects:
      "What is said in the Tea room is not shown in Games, and is there for whoever comes to the Tea room.",
    hint: "One topic for each room; the address of the line can say which room it is.",
    seconds: 30,
    async run({ open, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", GAMES);
      await say(alice, "Only for tea");
      await tab(alice, "Games").click();
      await expect(heading(alice, "Games")).toBeVisible();
      await say(alice, "Who plays chess");
      await expect(log(bob)).toContainText("Who plays chess");
      expect(
        await times(bob, "Only for tea"),
        "the number of times that the Tea room's message is in Games",
      ).toBe(0);
      await tab(bob, "Tea room").click();
      await expect(log(bob)).toContainText("Only for tea");
    },
  },
  {
    id: "no-markup",
    expects: "A message of <b>hello</b> is shown on Bob's page as those very characters.",
    hint: "Text of strangers becomes markup unless it is escaped: let `html` put it in.",
    seconds: 30,
    async run({ open, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(alice, "<b>hello</b>");
      await expect(log(bob)).toContainText("<b>hello</b>");
    },
  },
  {
    id: "rooms-have-addresses",
    expects:
      "“Tea room” shows the room and its address without a new page, and a reload shows the same room.",
    hint: "Fetch the room, swap it, and push an address at which the server has the whole page.",
    seconds: 30,
    wire: [{ request: "GET", client: "Alice", header: { "hx-request": "true" } }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice", "/rooms/lobby");
      await tab(alice, "Tea room").click();
      await expect(heading(alice, "Tea room")).toBeVisible();
      await expect(alice).toHaveAddress(TEA);
      const asked = await wire.all({ request: "GET", path: "/rooms/*", client: "Alice" });
      const pages = asked.filter(isNavigation);
      expect(pages.length, "the number of whole pages that Alice's browser has loaded").toBe(1);
      await alice.reload();
      await expect(alice).toHaveAddress(TEA);
      await expect(heading(alice, "Lobby")).toBeVisible();
      await expect(heading(alice, "Tea room")).toBeVisible();
      await expect(alice.getByLabelText("Message")).toBeVisible();
    },
  },
  {
    id: "back-and-forward",
    expects:
      "Back and Forward go from room to room, and what Alice says goes to the room that she sees.",
    hint: "A step in the history is an address that was pushed; the line must follow the room.",
    seconds: 45,
    async run({ open, expect }) {
      const bob = await open("Bob", TEA);
      const alice = await open("Alice", "/rooms/lobby");
      await tab(alice, "Tea room").click();
      await expect(heading(alice, "Tea room")).toBeVisible();
      await tab(alice, "Games").click();
      await expect(heading(alice, "Games")).toBeVisible();
      await say(alice, "A game of go");
      await alice.back();
      await expect(heading(alice, "Tea room")).toBeVisible();
      await expect(alice).toHaveAddress(TEA);
      await say(alice, "Back for tea");
      await expect(log(bob)).toContainText("Back for tea");
      await alice.forward();
      await expect(heading(alice, "Games")).toBeVisible();
      await expect(alice).toHaveAddress(GAMES);
      await expect(log(alice)).toContainText("A game of go");
    },
  },
  {
    id: "online-counted",
    expects:
      "#online shows on both pages how many are open: one more when Bob comes, one fewer when he goes.",
    hint: "Streams that come and streams that go both change the number for all the others.",
    seconds: 30,
    wire: [{ event: "online", client: "Alice" }],
    async run({ open, expect }) {
      const alice = await open("Alice", TEA);
      await expect(alice.locate("#online")).toHaveText(only(1), "the number 1 and no other");
      const bob = await open("Bob", GAMES);
      await expect(bob.locate("#online")).toHaveText(only(2), "the number 2 and no other");
      await expect(alice.locate("#online")).toHaveText(only(2), "the number 2 and no other");
      await bob.close();
      await expect(alice.locate("#online")).toHaveText(only(1), "the number 1 and no other");
    },
  },
  {
    id: "forged-form",
    expects:
      "A form that Mallory's page, of another origin, sends in Alice's browser changes nothing of hers.",
    hint: "Whatever the request looks like: without the token it changes nothing.",
    seconds: 45,
    wire: [{ request: "POST", path: "/rooms/tea-room", client: "Alice" }],
    async run({ open, attack, wire, expect }) {
      const alice = await open("Alice", TEA);
      await rename(alice, "Ada");
      const bob = await open("Bob", TEA);
      const mallory = await open("Mallory", TEA);
      await rename(mallory, "Puppet");
      const { path, request_body: body } = await oneChange(wire, mallory, expect);
      const fields = Object.fromEntries(new URLSearchParams(body ?? ""));
      const { status } = await attack(alice, path, { fields });
      expect(status, `the status of the answer to a forged POST ${path}`).toBeGreaterThanOrEqual(
        400,
      );
      await attack(alice, TEA, { fields: { message: "Forged words" } });
      await say(alice, "Still myself");
      await expect(log(bob)).toContainText("Still myself");
      const text = await log(bob).text();
      expect(text, "the Tea room's log on Bob's page").toContain("Ada");
      expect(text, "the Tea room's log on Bob's page").not.toContain("Puppet");
      expect(text, "the Tea room's log on Bob's page").not.toContain("Forged words");
    },
  },
  {
    id: "token-needed",
    expects: "Alice's own page changes her name, and cannot do it without the token.",
    hint: "A request without the header is refused, wherever it comes from; `hx-headers` adds it.",
    seconds: 30,
    wire: [{ request: "*", client: "Alice", header: { "hx-request": "true" } }],
    async run({ open, wire, expect }) {
      const bob = await open("Bob", TEA);
      const alice = await open("Alice", TEA);
      await rename(alice, "Ada");
      const { method, path } = await oneChange(wire, alice, expect);
      const bare = await alice.request(path, { method, headers: FORM, body: "name=Eve" });
      expect(
        bare.status,
        `the status of the answer to ${method} ${path} without the token`,
      ).toBeGreaterThan(399);
      await say(alice, "My name is");
      await expect(log(bob)).toContainText("My name is");
      expect(await log(bob).text(), "the log on Bob's page").toContain("Ada");
    },
  },
  {
    id: "token-personal",
    expects: "Bob's token does not let anybody change Alice's name.",
    hint: "A token that is the same for all can be read by all: tie it to the visitor's cookie.",
    seconds: 30,
    wire: [{ request: "*", client: "Bob", header: { "hx-request": "true" } }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await rename(bob, "Ben");
      const change = await oneChange(wire, bob, expect);
      const headers = { ...FORM, ...ownHeaders(change) };
      const { method, path } = change;
      const { status } = await alice.request(path, { method, headers, body: "name=Eve" });
      expect(status, "the status of the answer to Alice's change with Bob's token").toBeGreaterThan(
        399,
      );
      await say(alice, "It is me");
      await expect(log(bob)).toContainText("It is me");
      expect(await log(bob).text(), "the log on Bob's page").not.toContain("Eve");
    },
  },
  {
    id: "forged-socket",
    expects: "Mallory's page, of another origin, cannot open the chat's line in Alice's browser.",
    hint: "A handshake carries her cookies and no header of htmx; look at its `Origin` first.",
    seconds: 30,
    wire: [{ request: "GET", client: "Mallory", status: 101 }],
    async run({ open, attack, wire, expect }) {
      const alice = await open("Alice", TEA);
      await open("Mallory", TEA);
      const { path } = await wire.find({ request: "GET", client: "Mallory", status: 101 });
      const { opened } = await attack(alice, path, { socket: true });
      expect(opened ? "opened" : "refused", `a socket to ${path} from another origin`).toBe(
        "refused",
      );
    },
  },
  {
    id: "says-reconnecting",
    expects: "“Reconnecting…” is shown while Alice's line is down, and only then.",
    hint: "Listen to `htmx:wsClose`, look at its code, and to `htmx:wsOpen`.",
    seconds: 30,
    wire: [{ frame: "sent", client: "Alice", contains: "All is well" }],
    async run({ open, server, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(bob, "All is well");
      await expect(log(alice)).toContainText("All is well");
      await expect(sign(alice)).toBeGone();
      await server.delay(AWAY_MS);
      await alice.cut();
      await expect(sign(alice)).toBeVisible();
      await server.delay(0);
      await expect(sign(alice)).toBeGone();
    },
  },
  {
    id: "nothing-lost",
    expects: "What Bob says while Alice's line is down is there when it is back, in order.",
    hint: "Returning, her page has to say how far it has read, or be told the whole log.",
    seconds: 45,
    wire: [{ frame: "sent", client: "Alice", contains: "Three" }],
    async run({ open, server, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(bob, "Zero");
      await expect(log(alice)).toContainText("Zero");
      await sendAway(alice, server);
      for (const words of ["One", "Two", "Three"]) await say(bob, words);
      await server.delay(0);
      for (const words of ["One", "Two", "Three"]) {
        await expect(log(alice)).toContainText(words);
      }
      const text = await log(alice).text();
      const said = ["Zero", "One", "Two", "Three"];
      const shown = said.toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
      expect(shown, "the order of what is on Alice's page").toEqual(said);
    },
  },
  {
    id: "nothing-doubled",
    expects: "After two cuts no message is on Alice's page twice.",
    hint: "Only what came after the last one that the page has; it must move on with each message.",
    seconds: 45,
    wire: [{ frame: "sent", client: "Alice", contains: "To the end" }],
    async run({ open, wire, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(bob, "From the start");
      await expect(log(alice)).toContainText("From the start");
      for (const words of ["First cut", "Second cut"]) {
        const before = await handshakes(wire, alice);
        await say(alice, words);
        await alice.cut();
        await isBack(wire, alice, before);
      }
      await say(bob, "To the end");
      await expect(log(alice)).toContainText("To the end");
      for (const words of ["From the start", "First cut", "Second cut", "To the end"]) {
        expect(
          await times(alice, words),
          `the number of times that “${words}” is on Alice's page`,
        ).toBeLessThan(2);
      }
    },
  },
  {
    id: "said-while-away",
    expects: "What Alice says while her line is down is there once, when it is back.",
    hint: "The extension keeps what is sent and sends it later; do not stand in its way.",
    seconds: 45,
    wire: [{ frame: "sent", client: "Bob", contains: "Just a moment" }],
    async run({ open, server, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      await say(bob, "Are you there");
      await expect(log(alice)).toContainText("Are you there");
      await sendAway(alice, server);
      await say(alice, "Just a moment");
      await server.delay(0);
      await expect(log(bob)).toContainText("Just a moment");
      await say(bob, "Welcome back");
      await expect(log(alice)).toContainText("Welcome back");
      for (const client of [alice, bob]) {
        expect(
          await times(client, "Just a moment"),
          `the number of times that “Just a moment” is on ${client.name}'s page`,
        ).toBeLessThan(2);
      }
    },
  },
  {
    id: "down-and-up",
    expects:
      "When the server was down, both pages come back by themselves, and lose nothing said since.",
    hint: "The new start knows neither old guests nor old numbers: let nothing depend on them.",
    seconds: 75,
    wire: [{ frame: "sent", client: "Alice", contains: "A new day" }],
    async run({ open, server, wire, expect }) {
      const alice = await open("Alice", TEA);
      const bob = await open("Bob", TEA);
      for (const words of ["One", "Two", "Three"]) await say(bob, words);
      await expect(log(alice)).toContainText("Three");
      const before = [await handshakes(wire, alice), await handshakes(wire, bob)];
      await server.stop();
      await server.start();
      await isBack(wire, alice, before[0]);
      await isBack(wire, bob, before[1]);
      await sendAway(alice, server);
      await say(bob, "A new day");
      await server.delay(0);
      await expect(log(alice)).toContainText("A new day");
      await say(alice, "So it is");
      await expect(log(bob)).toContainText("So it is");
    },
  },
];
