// The wire of the workbench: what shares a row, who it was, what is shown of it, and what the learner sends.

import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const SERVER = `
  let streams = [];
  const page = \`<!doctype html><title>Room</title><script src="/lib/htmx-2.js"></script>
    <h1>Room</h1><ol id="heard"></ol><button hx-get="/part" hx-target="#part">Part</button><div id="part"></div>
    <script>
      const hear = (text) => document.querySelector("#heard").insertAdjacentHTML("beforeend", "<li>" + text);
      window.line = new WebSocket("/room");
      line.onmessage = ({ data }) => hear(data);
      line.onopen = () => hear("connected");
      new EventSource("/news").addEventListener("news", ({ data }) => hear(data));
    </script>\`;
  const html = (text, headers = {}) => new Response(text, { headers: { "Content-Type": "text/html", ...headers } });
  export default {
    routes: {
      "/": () => html(page, { "Set-Cookie": "id=42; HttpOnly; SameSite=Lax" }),
      "/part": () => html("<p>part"),
      "/tick": () => { for (const it of streams) it.enqueue("event: tick\\ndata: " + Math.random() + "\\n\\n"); return html("ticked"); },
      "/three": () => { for (let n = 0; n < 3; n += 1) for (const it of streams) it.enqueue("event: tick\\ndata: " + n + "\\n\\n"); return html("three"); },
      "/gifts": { POST: (req) => html(req.headers.get("origin") + " " + req.headers.get("cookie"), { status: 200 }) },
      "/news": () => new Response(new ReadableStream({ start(it) { streams.push(it); it.enqueue(": hello\\n\\n"); } }), { headers: { "Content-Type": "text/event-stream" } }),
    },
    fetch: (req, server) => (server.upgrade(req) ? undefined : new Response("Not found", { status: 404 })),
    websocket: {
      open: (ws) => ws.subscribe("room"),
      message: (ws, text) => { ws.send("you said " + text); ws.publish("room", text); },
    },
  };
`;

/** A lesson whose server talks to all. */
async function room(options) {
  const page = await stage.person(options);
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.write("server.js", SERVER);
  await lesson.start();
  await lesson.preview.getByText("connected").waitFor();
  return lesson;
}

/** Asks as a program that says what it likes. */
async function asks(address, headers) {
  const { host, port } = new URL(address);
  const sent = get({ host: "127.0.0.1", port, headers: { host, ...headers } });
  const [answer] = await once(sent, "response");
  answer.resume();
}

/** In the page: whether the wire's list is at its end, or not, as is wanted. */
function isScrolledToEnd(wanted) {
  const list = document.querySelector("[data-wire-list]");
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 2;
  return list.clientHeight > 0 && isAtEnd === wanted;
}

/** Whether all of a row is in sight. */
const isInList = (row) =>
  row.evaluate((it) => {
    const [inner, outer] = [it, it.closest("[data-wire-list]")].map((each) =>
      each.getBoundingClientRect(),
    );
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  });

const detailOf = (page) => page.getByRole("region", { name: "One exchange" });

test("what the server says again and again is one row, whose parts can be read", async () => {
  const lesson = await room();
  const { page } = lesson;
  await lesson.preview.locator(":root").evaluate(() => fetch("/three"));
  const row = lesson.wireRow("tick");
  await row.filter({ hasText: "×3" }).waitFor();
  await becomes(() => row.count(), 1);
  await page.getByRole("option", { name: /tick.* 3 times/ }).waitFor();
  await row.click();
  const detail = detailOf(page);
  await detail.getByText("3 times, newest first").waitFor();
  await detail.getByRole("button", { name: /: 0$/ }).click();
  await detail.locator("pre").filter({ hasText: "0" }).waitFor();
  await detail
    .getByRole("button", { name: /: 0$/ })
    .and(page.locator("[aria-current=true]:focus"))
    .waitFor();
  // Something else crosses, so the next one stands behind it.
  await lesson.preview.locator(":root").evaluate(() => fetch("/tick"));
  await page.waitForFunction(
    () =>
      document.querySelectorAll("[data-wire-list] [role=option]").length > 0 &&
      [...document.querySelectorAll("[data-wire-list] .verb")].filter(
        (it) => it.textContent === "tick",
      ).length === 2,
  );
  assert.equal(
    await row.first().getAttribute("aria-selected"),
    "true",
    "the row that was chosen stays so",
  );
});

test("a message to a topic is one row with whom it reached, and one's own browser is marked", async () => {
  const lesson = await room();
  const { page } = lesson;
  const others = [];
  for (const name of ["Bob", "Carol"]) {
    const other = await stage.person();
    await other.goto(await lesson.outside());
    await other.getByText("connected").waitFor();
    others.push({ name, other });
  }
  await lesson.preview.locator(":root").evaluate(() => globalThis.line.send("Hello"));
  const row = lesson.wireRow("published");
  await row.filter({ hasText: "Hello" }).waitFor();
  await becomes(() => row.count(), 1);
  await becomes(() => row.locator(".who").allInnerTexts(), ["B", "C"]);
  await row.click();
  await detailOf(page)
    .getByText("Published to “room”. It reached B, Chromium; C, Chromium.")
    .waitFor();
  // Anybody can say that it is shown in a frame.
  await asks(await lesson.outside(), { "sec-fetch-dest": "iframe" });
  await page.locator("[data-wire-client]").getByText(/^D/).waitFor({ state: "attached" });
  await becomes(() => page.locator("[data-wire-client]").getByText("(you)").count(), 1);
  const mine = lesson.wireRow("sent").locator(".who");
  await becomes(() => mine.innerText(), "A you");
  await page.locator("[data-wire-client]").selectOption({ label: "A (you), Chromium" });
  await row.waitFor({ state: "hidden" });
  await becomes(() => lesson.wireRow("sent").isVisible(), true);
});

test("after a restart of the site nothing is listed of what crossed before, and letters are given anew", async () => {
  const lesson = await room();
  const other = await stage.person();
  const outside = await lesson.outside();
  await lesson.clickThere(lesson.preview.getByRole("button", { name: "Part" }));
  await lesson.wireRow("/part").locator(".who", { hasText: "you" }).waitFor();
  await lesson.wireRow("/part").click();

  await stage.restart();
  await lesson.wireRow("/part").waitFor({ state: "detached" });
  await detailOf(lesson.page).waitFor({ state: "hidden" });
  await other.goto(`${new URL("/part?after", outside)}`);
  const row = lesson.wireRow("/part?after");
  await row.filter({ hasText: "200" }).waitFor();
  assert.doesNotMatch(await row.locator(".who").innerText(), /you/);
  assert.equal(await lesson.wireRow(/\/part$/).count(), 0);
});

test("the wire is narrowed to errors, to htmx and to a path", async () => {
  const lesson = await room();
  const { page } = lesson;
  const visible = page.locator("[data-wire-list] [role=option]:visible");
  await lesson.clickThere(lesson.preview.getByRole("button", { name: "Part" }));
  await lesson.preview.locator(":root").evaluate(() => fetch("/missing"));
  await lesson.wireRow("/missing").filter({ hasText: "404" }).waitFor();
  await lesson.wireRow("/part").filter({ hasText: "200" }).waitFor();
  for (const [name, path] of [
    ["Errors", "/missing"],
    ["htmx", "/part"],
  ]) {
    const chip = page.getByRole("button", { name, exact: true });
    await chip.click();
    await becomes(() => visible.count(), 1, name);
    await visible.filter({ hasText: path }).waitFor();
    await chip.click();
  }
  await page.getByLabel("Filter the wire by text").fill("/par");
  await becomes(() => visible.count(), 1);
});

test("the list stays at its end, until the reader goes up", async () => {
  const lesson = await room();
  const { page } = lesson;
  let asked = 0;
  const asks40 = async () => {
    asked += 40;
    await lesson.preview.locator(":root").evaluate(async (root, to) => {
      for (let n = to - 39; n <= to; n += 1) await fetch(`/part?${n}.`);
    }, asked);
    await lesson
      .wireRow(`/part?${asked}.`)
      .filter({ hasText: "200" })
      .waitFor({ state: "attached" });
  };
  const isAtEnd = (wanted = true) => page.waitForFunction(isScrolledToEnd, wanted);
  await asks40();
  await isAtEnd();
  const errors = page.getByRole("button", { name: "Errors", exact: true });
  await errors.click();
  await lesson.wireRow("/part?40.").waitFor({ state: "hidden" });
  await errors.click();
  await isAtEnd();
  await page.getByRole("tab", { name: /^Console/ }).click();
  await asks40();
  await page.getByRole("tab", { name: "Wire" }).click();
  await isAtEnd();
  await page.reload();
  await lesson.ready();
  await lesson.wireRow("/part?80.").waitFor();
  await isAtEnd();

  await lesson.wireRow("/part?80.").hover();
  await page.mouse.wheel(0, -900);
  await isAtEnd(false);
  const top = () => page.locator("[data-wire-list]").evaluate((list) => list.scrollTop);
  const place = await top();
  await asks40();
  assert.equal(await top(), place);
});

test("a handshake and the socket that it opened are one row", async () => {
  const lesson = await room();
  const row = lesson.wireRow("/room");
  await row.filter({ hasText: "opened a WebSocket" }).waitFor();
  await becomes(() => row.count(), 1);
});

test("what the lesson calls noise is left out until it is asked for", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "the-address-bar");
  await lesson.start();
  const noise = page.getByRole("button", { name: /^Noise/ });
  await noise.filter({ hasText: /\d/ }).waitFor();
  const row = lesson.wireRow("price").first();
  assert.equal(await row.isVisible(), false);
  await noise.click();
  await row.waitFor();
});

test("a request is edited and sent again, and a copy of it is for a shell", async () => {
  const lesson = await room({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = lesson;
  await lesson.clickThere(lesson.preview.getByRole("button", { name: "Part" }));
  await lesson.wireRow("/part").click();
  const detail = detailOf(page);
  await detail.getByRole("button", { name: "Copy as curl" }).click();
  const copied = await page.waitForFunction(() => navigator.clipboard.readText());
  assert.match(await copied.jsonValue(), /^curl 'http:.*\/part'(.|\n)*-H 'hx-request: true'/);
  await detail.getByRole("button", { name: "Edit and repeat" }).click();
  const composer = page.getByRole("dialog", { name: "Send something" });
  assert.match(await composer.getByLabel("Headers, one a line").inputValue(), /hx-request: true/);
  await composer.getByLabel("Path").fill("/absent");
  await composer.getByRole("button", { name: "Send", exact: true }).click();
  await composer.waitFor({ state: "detached" });
  const chosen = page.locator("[data-wire-list] [aria-selected=true]");
  await chosen.filter({ hasText: "/absent" }).filter({ hasText: "Composer" }).waitFor();
  await detail.getByRole("heading", { name: "HTTP GET /absent 404" }).waitFor();
});

test("of a body that is no text the wire says what it was, and that it is not kept", async () => {
  const lesson = await room();
  const { page } = lesson;
  await lesson.preview.locator(":root").evaluate(() =>
    fetch("/gifts", {
      method: "POST",
      body: new Blob([new Uint8Array(1500).fill(255)], { type: "image/png" }),
    }),
  );
  await lesson.wireRow("/gifts").click();
  const detail = detailOf(page);
  await detail.getByText("1.5 KiB of image/png. The wire keeps text only").waitFor();
  await detail.getByRole("button", { name: "Edit and repeat" }).click();
  const composer = page.getByRole("dialog", { name: "Send something" });
  await composer.getByText("The body was 1.5 KiB of image/png").waitFor();
});

test("whoever closes a detail or leaves the composer is where they were", async () => {
  const lesson = await room();
  const { page, preview } = lesson;
  const list = page.locator("[data-wire-list]");
  const detail = detailOf(page);
  await preview
    .locator(":root")
    .evaluate(() => (globalThis.stream = new EventSource("/news?mine")));
  const row = lesson.wireRow("/news?mine");
  await row.filter({ hasText: "opened a stream of events" }).click();
  await detail.getByRole("button", { name: "Close the detail" }).click();
  await detail.waitFor({ state: "hidden" });
  await list.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await detail.getByRole("heading", { name: "/news?mine" }).waitFor();
  await detail
    .getByRole("button", { name: "Close the detail" })
    .and(page.locator(":focus"))
    .waitFor();
  await page.keyboard.press("Escape");
  await detail.waitFor({ state: "hidden" });
  await becomes(() => list.getAttribute("aria-activedescendant"), await row.getAttribute("id"));
  await list.and(page.locator(":focus")).waitFor();

  // What it was opened from is drawn anew meanwhile.
  await row.click();
  await detail.getByRole("button", { name: "Edit and repeat" }).click();
  const composer = page.getByRole("dialog", { name: "Send something" });
  await composer.waitFor();
  await preview.locator(":root").evaluate(() => globalThis.stream.close());
  await detail.getByText(/· [\d.]+ m?s/).waitFor();
  await page.keyboard.press("Escape");
  await composer.waitFor({ state: "detached" });
  await list.and(page.locator(":focus")).waitFor();
});

test("a row that is read stays in sight, whatever comes and however narrow the window is", async () => {
  const lesson = await room();
  const { page } = lesson;
  await page.getByRole("button", { name: "Send something" }).click();
  const composer = page.getByRole("dialog", { name: "Send something" });
  await composer.getByLabel("Path").fill("/part?composed");
  await composer.getByRole("button", { name: "Send", exact: true }).click();
  const row = lesson.wireRow("/part?composed");
  await detailOf(page).getByRole("heading", { name: "HTTP GET /part?composed 200" }).waitFor();
  await lesson.preview.locator(":root").evaluate(async () => {
    for (let n = 1; n <= 60; n += 1) await fetch(`/part?${n}.`);
  });
  await lesson.wireRow("/part?60.").filter({ hasText: "200" }).waitFor({ state: "attached" });
  assert.ok(await isInList(row), "beside what came");
  await page.setViewportSize({ width: 320, height: 560 });
  await lesson.view("Wire");
  await page.keyboard.press("Escape");
  await row.click();
  await detailOf(page).waitFor();
  assert.ok(await isInList(row), "above its detail");
});

test("a request goes out as another site would send it, without the cookies that a browser keeps back", async () => {
  const lesson = await room();
  const { page } = lesson;
  // The cookie that the page was given comes with the next request.
  await lesson.press("reload");
  await lesson.preview.getByText("connected").waitFor();
  for (const [place, said] of [
    ["Your application's own page", /http:\S+localhost:\d+ .*id=42/],
    ["Another origin of the same site", /http:\/\/elsewhere\.\S+ .*id=42/],
    ["Another site", /https:\/\/elsewhere\.example null/],
    ["No browser", /null null/],
  ]) {
    await page.getByRole("button", { name: "Send something" }).click();
    const composer = page.getByRole("dialog", { name: "Send something" });
    await composer.getByLabel("Method").fill("POST");
    await composer.getByLabel("Path").fill("/gifts");
    await composer.getByLabel("Sent from").selectOption({ label: place });
    await composer.getByRole("button", { name: "Send", exact: true }).click();
    await composer.waitFor({ state: "detached" });
    await detailOf(page).locator("pre").filter({ hasText: said }).waitFor();
  }
});

test("a message and an event take the place of either end of an open line", async () => {
  const lesson = await room();
  const { page, preview } = lesson;
  const composes = async (kind, fill) => {
    await page.getByRole("button", { name: "Send something" }).click();
    const composer = page.getByRole("dialog", { name: "Send something" });
    await composer.getByLabel("What").selectOption({ label: kind });
    await fill(composer);
    await composer.getByRole("button", { name: "Send", exact: true }).click();
    await composer.waitFor({ state: "detached" });
  };
  await composes("A message on an open WebSocket", (it) => it.getByLabel("Text").fill("from me"));
  await preview.getByText("you said from me").waitFor();
  await composes("A message on an open WebSocket", async (it) => {
    await it.getByLabel("Direction").selectOption("browser");
    await it.getByLabel("Text").fill("as the server");
  });
  await preview.getByText("as the server").waitFor();
  await composes("An event on an open stream", async (it) => {
    await it.getByLabel("Event's name").fill("news");
    await it.getByLabel("Text").fill("read all about it");
  });
  await preview.getByText("read all about it").waitFor();
  await lesson.wireRow("read all about it").filter({ hasText: "composed" }).waitFor();
});

test("the composer says what is missing, and the keyboard alone opens, sends and leaves it", async () => {
  const page = await stage.person({ viewport: { width: 320, height: 640 } });
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.view("Wire");
  const button = page.getByRole("button", { name: "Send something" });
  await button.press("Enter");
  const composer = page.getByRole("dialog", { name: "Send something" });
  await composer.getByRole("alert").filter({ hasText: "Press Run first." }).waitFor();
  assert.equal(
    await composer.getByRole("button", { name: "Send", exact: true }).isDisabled(),
    true,
  );
  const width = await composer.evaluate((it) => it.scrollWidth - it.clientWidth);
  assert.equal(width, 0, "nothing is wider than the dialog");
  await page.keyboard.press("Escape");
  await composer.waitFor({ state: "detached" });
  await button.and(page.locator(":focus")).waitFor();
});

test("the wire says which of the server's headers did not reach the browser, and why", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  const headers = {
    "Content-Type": "text/html",
    "X-Count": "3",
    "HX-Trigger": "counted",
    "X-Send-File": "/etc/passwd",
    "Edge-Cache-Tag": "all",
    Surprise: "1",
    "Set-Cookie": "a=1; Domain=hxlab.localhost",
  };
  await lesson.write(
    "server.js",
    `export default { routes: { "/": () => new Response("<h1>here", { headers: ${JSON.stringify(headers)} }) },
      fetch: () => new Response("none", { status: 404 }) };`,
  );
  await lesson.start();
  await lesson.preview.getByRole("heading", { name: "here" }).waitFor();
  await lesson.wireRow("GET").filter({ hasText: "200" }).first().click();
  const detail = detailOf(page);
  const withheld = detail
    .locator("details")
    .filter({ hasText: "Headers that did not reach the browser" });
  const names = ["x-send-file", "edge-cache-tag", "surprise", "set-cookie: domain"];
  await becomes(
    async () =>
      (await withheld.locator("dt").allTextContents()).map((it) => it.toLowerCase()).sort(),
    [...names].sort(),
  );
  await withheld.getByText("Begin a name of your own with X-").waitFor();
  await withheld.getByText("It is meant for a proxy").first().waitFor();
  const reached = await detail.locator("details dt").allTextContents();
  for (const name of ["x-count", "hx-trigger"])
    assert.ok(
      reached.some((it) => it.toLowerCase() === name),
      `${name} in ${reached}`,
    );
});
