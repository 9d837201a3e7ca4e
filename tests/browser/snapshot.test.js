// What is shared: read, run, copied and taken back, on the site and in a page of somebody else's.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { becomes } from "./steps/becomes.js";
import { Playground } from "./steps/playground.js";
import { Stage } from "./stage.js";

let stage;
before(async () => (stage = await Stage.open("--report-to", "mailto:abuse@example.org")));
afterEach(() => stage.clear());
after(() => stage.close());

/** Somebody's project with this page, shared: the project, and the snapshot's address. */
async function shared(text = "<h1>Shared</h1>") {
  const project = await Playground.begin(await stage.person(), stage, "Empty");
  await project.write("index.html", text);
  return { project, address: await project.share() };
}

test("a link shows the files and runs nothing; Run runs them for the visitor alone", async () => {
  const { project, address } = await shared();
  await project.page.getByText("You shared this").waitFor();
  const page = await stage.person();
  await page.goto(address);
  await page.getByText("<h1>Shared</h1>").waitFor();
  assert.equal(await page.locator("iframe").count(), 0);
  assert.equal(await page.getByText("You shared this").count(), 0);
  assert.equal(await page.getByRole("button", { name: "Stop sharing" }).count(), 0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.frameLocator("iframe").getByRole("heading", { name: "Shared" }).waitFor();
  await page
    .locator("#announcer")
    .getByText("runs, in the frame below")
    .waitFor({ state: "attached" });
  const first = await page.locator("iframe").elementHandle();
  const at = await first.getAttribute("src");
  await page.getByRole("button", { name: "Run again" }).click();
  await first.waitForElementState("hidden");
  await page.frameLocator("iframe").getByRole("heading", { name: "Shared" }).waitFor();
  await becomes(() => page.locator("iframe").getAttribute("src"), at, "the sandbox is used again");
  await page.getByRole("button", { name: "Run again" }).and(page.locator(":focus")).waitFor();
  assert.equal((await page.context().cookies(stage.site)).length, 1, "a guest's");
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.blocked, []);
});

test("what is shared stays as it was, and a copy is one's own", async () => {
  const { project, address } = await shared();
  await project.page.goBack();
  await project.ready();
  await project.write("index.html", "<h1>Later</h1>");
  await project.isSaved();
  const page = await stage.person();
  await page.goto(address);
  await page.getByText("<h1>Shared</h1>").waitFor();
  await page.getByRole("button", { name: "Open a copy" }).click();
  const copy = new Playground(page, stage);
  await copy.ready();
  await copy.start();
  await copy.preview.getByRole("heading", { name: "Shared" }).waitFor();
  await copy.write("index.html", "<h1>Mine now</h1>");
  await copy.start();
  await copy.preview.getByRole("heading", { name: "Mine now" }).waitFor();
  await project.page.goto(address);
  await project.page.getByText("<h1>Shared</h1>").waitFor();
});

test("what is typed and not saved yet is shared as well", async () => {
  const { project, address } = await shared("<h1>Typed a moment ago</h1>");
  assert.equal(project.page.url(), address);
  await project.page.getByText("<h1>Typed a moment ago</h1>").waitFor();
});

test("what is taken back is gone, for copies on their way too", async () => {
  const { project, address } = await shared();
  const page = await stage.person();
  await page.goto(address);
  await project.page.getByRole("button", { name: "Stop sharing" }).click();
  await project.ready();
  await page.getByRole("button", { name: "Open a copy" }).click();
  await page.getByText("Nothing is shared here").waitFor();
  assert.equal((await page.goto(address)).status(), 404);
});

test("a server that does not start is told with its reason", async () => {
  const project = await Playground.begin(await stage.person(), stage, "Empty");
  await project.write("server.js", "throw new Error('no luck');\n");
  const address = await project.share();
  const page = await stage.person();
  await page.goto(address);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("alert").getByText("The server did not start. Error: no luck").waitFor();
});

test("without JavaScript a snapshot is read and run, and where it is reported is said", async () => {
  const { address } = await shared();
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(address);
  await page.getByText("<h1>Shared</h1>").waitFor();
  const report = await page.getByRole("link", { name: "Report this" }).getAttribute("href");
  assert.ok(report.startsWith("mailto:abuse@example.org?subject="), report);
  assert.ok(decodeURIComponent(report).includes(address), report);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.frameLocator("iframe").getByRole("heading", { name: "Shared" }).waitFor();
});

test("a page of another site shows a snapshot and runs it, without a cookie, at 320 pixels too", async () => {
  const { project, address } = await shared();
  const host = createServer((request, response) => {
    const to = new URL(request.url, "http://localhost").searchParams.get("show");
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><iframe src="${to}" width="100%" height="480"></iframe>`);
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  // A name of its own, which is another site than the one that is shown.
  const elsewhere = `http://elsewhere.localhost:${host.address().port}/?show=`;
  const page = await stage.person({ viewport: { width: 320, height: 640 } });
  await page.goto(`${elsewhere}${address}/embed`);
  const embed = page.frameLocator("iframe");
  await embed.getByText("<h1>Shared</h1>").waitFor();
  await embed.getByRole("button", { name: "Run", exact: true }).click();
  const inner = embed.frameLocator("iframe");
  await inner.getByRole("heading", { name: "Shared" }).waitFor();
  const fits = await embed
    .locator(":root")
    .evaluate((root) => root.scrollWidth <= root.clientWidth);
  assert.ok(fits, "it scrolls sideways");
  assert.deepEqual(await page.context().cookies(stage.site), []);

  for (const framed of [address, `${stage.site}/play`, project.page.url()]) {
    const other = await stage.person();
    const blocked = other.waitForEvent("console", {
      predicate: (message) => /frame-ancestors/.test(message.text()),
    });
    await other.goto(`${elsewhere}${framed}`);
    await blocked;
  }
  await project.page.getByRole("button", { name: "Stop sharing" }).click();
  await project.ready();
  await embed.getByRole("button", { name: "Run again" }).click();
  await embed.getByRole("alert").getByText("The link may be incomplete").waitFor();
  await page.goto(`${elsewhere}${address}/embed`);
  await embed.getByText("Nothing is shared here").waitFor();
  host.close();
});

test("after a restart of the site the frame says that Run brings it back, and it does", async () => {
  const { address } = await shared();
  const page = await stage.person();
  await page.goto(address);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const inner = page.frameLocator("iframe");
  await inner.getByRole("heading", { name: "Shared" }).waitFor();
  await stage.restart();
  await page.locator("iframe").evaluate((frame) => (frame.src = `${frame.src}`));
  await inner.getByText("press Run again above this").waitFor();
  await page.getByRole("button", { name: "Run again" }).click();
  await inner.getByRole("heading", { name: "Shared" }).waitFor();
});

test("without JavaScript, at 320 pixels, a snapshot's code and what is wrong are whole", async () => {
  const { address } = await shared(
    "<p>a line that is long enough to need more room than there is</p>",
  );
  const page = await stage.person({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  const width = async () => (await page.locator("body").boundingBox()).width;
  await page.goto(address);
  const code = page.locator(".snapshot-files pre").first();
  await code.scrollIntoViewIfNeeded();
  const { x, width: wide } = await code.boundingBox();
  assert.ok(x >= 0 && x + wide <= 320, `the code is from ${x} and ${wide} wide`);
  assert.ok((await width()) <= 320);
  for (const path of [address, `${address}/embed`]) {
    await page.goto(path);
    const all = await page.locator("p, h1, h2, button, a, pre").all();
    for (const each of all) {
      const box = await each.boundingBox();
      if (!box || box.width <= 1) continue;
      assert.ok(box.x + box.width <= 321, `${path}: ${await each.textContent()}`);
    }
  }
});
