// The playground: projects of one's own, from beginning to deleting, with and without a script.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { becomes } from "./steps/becomes.js";
import { Playground } from "./steps/playground.js";
import { violations } from "./steps/everybody.js";
import { Stage } from "./stage.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const begin = async (title, options) => Playground.begin(await stage.person(options), stage, title);

const acts = {
  Empty: (preview) => preview.getByRole("heading", { name: "It runs" }).waitFor(),
  async "A form"(preview) {
    await preview.getByRole("button", { name: "Sign" }).click();
    await preview.getByText("Write your name first.").waitFor();
    await preview.getByLabel("Your name").fill("<b>Ada</b>");
    await preview.getByRole("button", { name: "Sign" }).click();
    await preview.getByRole("listitem").getByText("<b>Ada</b>").waitFor();
    await becomes(() => preview.getByLabel("Your name").inputValue(), "");
  },
  async "A chat by WebSocket"(preview) {
    await preview.getByLabel("Message", { exact: true }).fill("Hello");
    await preview.getByRole("button", { name: "Send" }).click();
    await preview.getByText("Guest 1 Hello").waitFor();
  },
  "A stream of events": (preview) => preview.getByText(/^\d+ coins$/).waitFor(),
  async "htmx 4"(preview) {
    await preview.getByLabel("A task").fill("Rest");
    await preview.getByRole("button", { name: "Add" }).click();
    await preview.getByRole("button", { name: "Done: Rest" }).click();
    await preview.getByText("Rest").waitFor({ state: "detached" });
    await preview.getByText("Try htmx 4").waitFor();
  },
};

for (const [title, act] of Object.entries(acts)) {
  test(`a project that begins with “${title}” runs and does what it is for`, async () => {
    const project = await begin(title);
    await project.start();
    await act(project.preview);
    assert.deepEqual(project.page.faults, []);
    assert.deepEqual(project.page.blocked, []);
    assert.deepEqual(project.page.strangers, []);
  });
}

test("what is typed is there again, under the name that it was given, and nobody else finds it", async () => {
  const project = await begin("Empty");
  const { page } = project;
  await project.write("index.html", "<h1>Mine</h1>");
  await project.isSaved();
  await page.getByLabel("Name", { exact: true }).fill("My  first\tproject");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "My first project" }).waitFor();
  await page.goto(`${stage.site}/play`);
  await page.getByRole("link", { name: "My first project" }).click();
  await project.ready();
  await project.show("index.html");
  await project.editor.getByText("<h1>Mine</h1>").waitFor();

  const other = await stage.person();
  const newcomer = await other.goto(page.url());
  assert.equal(newcomer.status(), 404);
  await other.goto(`${stage.site}/play`);
  await other.getByRole("button", { name: "Empty" }).click();
  const stranger = await other.goto(page.url());
  assert.equal(stranger.status(), 404);
  await other.getByText("You have no such project").waitFor();
});

test("a deleted project ends, and Undo brings it back", async () => {
  const project = await begin("Empty");
  const { page } = project;
  await project.start();
  const address = await project.outside();
  const visitor = await stage.person();
  assert.equal((await visitor.goto(address)).status(), 200);
  await page.getByRole("button", { name: "Delete this project" }).click();
  await page.getByText("None yet.").waitFor();
  assert.equal((await visitor.goto(address)).status(), 404);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Empty" }).waitFor();
  assert.equal((await visitor.goto(address)).status(), 200);
  await page.getByRole("button", { name: "Delete Empty" }).click();
  await page.getByRole("button", { name: "Delete for good: Empty" }).click();
  await page.getByText("None yet.").waitFor();
  await becomes(() => page.getByRole("button", { name: "Undo" }).count(), 0);
});

test("a project that is deleted in another tab is kept as a new one", async () => {
  const project = await begin("Empty");
  const { page } = project;
  await project.write("index.html", "<h1>Kept</h1>");
  await project.isSaved();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole("button", { name: "Delete this project" }).click();
  await other.getByRole("button", { name: /^Undo/ }).waitFor();
  await project.write("index.html", "<h1>Kept all the same</h1>");
  await page.getByText("This project was deleted in another tab").first().waitFor();
  const deleted = page.url();
  await page.getByRole("button", { name: "Keep as a new project" }).click();
  await page.waitForURL((url) => url.href !== deleted);
  await project.ready();
  await project.show("index.html");
  await project.editor.getByText("<h1>Kept all the same</h1>").waitFor();
});

test("whose browser keeps no cookies is told before they begin", async () => {
  const page = await stage.person();
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "cookieEnabled", { value: false }),
  );
  await page.goto(`${stage.site}/play`);
  await page.getByText("Allow cookies for this site").waitFor();
});

test("without JavaScript a project is begun, read and downloaded", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/play`);
  await page.getByRole("button", { name: "A form" }).click();
  await page.getByText("export default {").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "download it" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "a-form.zip");
});

for (const colorScheme of ["light", "dark"]) {
  test(`the playground is for everybody, ${colorScheme}`, async () => {
    const project = await begin("A form", { colorScheme });
    const { page } = project;
    assert.deepEqual(await violations(page), [], "a project");
    const snapshot = await project.share();
    assert.deepEqual(await violations(page), [], "a snapshot");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator("iframe").waitFor();
    assert.deepEqual(await violations(page), [], "a snapshot that runs");
    await page.goto(`${snapshot}/embed`);
    assert.deepEqual(await violations(page), [], "a snapshot to be shown elsewhere");
    await page.goto(`${stage.site}/play`);
    await page.getByRole("button", { name: "Delete A form" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    assert.deepEqual(await violations(page), [], "the list");
  });
}

test("on a narrow screen the playground and a project with a long name fit", async () => {
  const project = await begin("Empty", { viewport: { width: 320, height: 640 } });
  const { page } = project;
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await page.getByLabel("Name", { exact: true }).fill("w".repeat(80));
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "w".repeat(80) }).waitFor();
  assert.ok(await fits(), "the project");
  await page.goto(`${stage.site}/play`);
  assert.ok(await fits(), "the list");
});
