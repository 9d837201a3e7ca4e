// Files from the learner's computer: chosen or dropped, shown as what they are, kept and served byte for byte.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { unzip } from "../oracle/zip.js";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const PAGE = '<!doctype html>\n<title>Logo</title>\n<img src="logo.png" alt="The logo" />\n';
const PICTURE = new URL("../oracle/projects/pictures/logo.png", import.meta.url);

let stage;
let logo;
before(async () => {
  logo = { name: "logo.png", mimeType: "image/png", buffer: await readFile(PICTURE) };
  stage = await Stage.open();
});
afterEach(() => stage.clear());
after(() => stage.close());

const newLesson = async (options) => Lesson.open(await stage.person(options), stage, SLUG);
const words = (lesson) => lesson.page.locator("[data-binary-words]");
const tab = (lesson, name) => lesson.page.getByRole("tab", { name, exact: true });

const bytes = (name, length, first = 0xff) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.alloc(length, first),
});

test("a picture that is chosen is shown, served, kept and downloaded", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.upload(logo);
  await words(lesson).filter({ hasText: "Picture, image/png, 73 B, 3 × 2 pixels." }).waitFor();
  assert.equal(await tab(lesson, "logo.png").getAttribute("aria-controls"), "bench-binary");
  assert.deepEqual(await violations(page), []);
  await lesson.write("index.html", PAGE);
  await lesson.start();
  await lesson.goTo("/index.html");
  const img = lesson.preview.getByRole("img", { name: "The logo" });
  await img.waitFor();
  assert.equal(await img.evaluate((it) => it.decode().then(() => it.naturalWidth)), 3);

  await page.reload();
  await lesson.ready();
  await lesson.show("logo.png");
  await words(lesson).filter({ hasText: "3 × 2 pixels" }).waitFor();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const files = unzip(await readFile(await (await coming).path()));
  assert.deepEqual(files[`${SLUG}/logo.png`], logo.buffer);
  assert.deepEqual([page.faults, page.blocked], [[], []]);
});

test("what is dropped is added under a name that a project can have", async () => {
  const lesson = await newLesson();
  await lesson.drop([
    { name: "Mein Bild (1).png", text: "\u0000picture" },
    { name: "words.txt", text: "from a disk\n" },
  ]);
  await lesson.editor.getByText("from a disk").waitFor();
  await lesson.show("Mein-Bild-1.png");
  await words(lesson).filter({ hasText: "may be broken" }).waitFor();
  await lesson.isSaved();
  assert.equal(await lesson.page.locator(".code[data-dropping]").count(), 0);
  assert.equal(await lesson.page.evaluate(dropBeside), "stays");
});

// In the page: whether a file that misses the code would open in its place.
function dropBeside() {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["x"], "missed.png"));
  const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  return document.body.dispatchEvent(event) ? "leaves" : "stays";
}

test("what does not fit is said and changes nothing", async () => {
  const lesson = await newLesson();
  const names = await lesson.page.locator("[data-files] [role=tab]").allTextContents();
  const refused = async (file, sentence) => {
    await lesson.upload(file);
    await lesson.notice.getByText(sentence).waitFor();
  };
  await refused(bytes("big.png", 256 * 1024 + 1), "“big.png” is larger than 256 KiB: choose a");
  await refused(bytes("server.js", 10), "“server.js” is not UTF-8 text: save it as UTF-8");
  await refused(bytes(".env", 0), "“.env” is not read here: set its variables");
  await refused(
    [1, 2, 3, 4, 5].map((n) => bytes(`${n}.png`, 256 * 1024)),
    "larger than 1 MiB",
  );
  const now = await lesson.page.locator("[data-files] [role=tab]").allTextContents();
  assert.deepEqual(now.sort(), [...names, "1.png", "2.png", "3.png"].sort());
  await lesson.isSaved();
});

test("a picture is replaced, removed and brought back", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.upload(logo);
  await lesson.upload(bytes("logo.png", 20));
  await words(lesson).filter({ hasText: "20 B" }).waitFor();
  await lesson.notice.getByRole("button", { name: "Undo" }).click();
  await words(lesson).filter({ hasText: "73 B" }).waitFor();

  await choose(page, "Replace…", bytes("photo.jpg", 5));
  await lesson.notice.getByText("“photo.jpg” is another kind of file than logo.png").waitFor();
  await choose(page, "Replace…", bytes("other.png", 30));
  await words(lesson).filter({ hasText: "30 B" }).waitFor();

  await page.getByRole("button", { name: "Rename this file" }).click();
  await page.getByLabel("File name").fill("logo.js");
  await page.keyboard.press("Enter");
  await page.getByText("“logo.js” would be text").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await tab(lesson, "logo.png").waitFor({ state: "detached" });
  await becomes(() => page.evaluate(() => document.activeElement.role), "tab");
  await lesson.notice.getByRole("button", { name: "Undo" }).first().click();
  await words(lesson).filter({ hasText: "30 B" }).waitFor();
});

test("what was replaced can be brought back when another file is refused, then and later", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.upload(logo);
  await lesson.upload([bytes("logo.png", 20), bytes("big.png", 256 * 1024 + 1)]);
  await lesson.notice.getByText("logo.png is replaced.").waitFor();
  await lesson.notice.getByText("“big.png” is larger than 256 KiB").waitFor();
  await lesson.upload(bytes("larger.png", 256 * 1024 + 2));
  await lesson.notice.getByText("“larger.png” is larger than 256 KiB").waitFor();
  await becomes(() => lesson.notice.getByText("“big.png”").count(), 0);
  await lesson.show("server.js");
  await lesson.notice.getByRole("button", { name: "Undo" }).press("Enter");
  await words(lesson).filter({ hasText: "73 B" }).waitFor();
  await becomes(() => page.evaluate(() => document.activeElement.textContent), "logo.png");
  await lesson.notice.getByText("“larger.png” is larger").waitFor();
});

test("a project that loses its server says how its files are served, and it comes back with the focus", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("chat.js");
  await page.getByRole("button", { name: "Delete this file" }).click();
  await lesson.notice.getByText(/^chat\.js is deleted\.$/).waitFor();
  await lesson.show("server.js");
  await page.getByRole("button", { name: "Delete this file" }).click();
  await lesson.notice
    .getByText(
      "server.js is deleted. The project has no server any more: its files are served as they are.",
    )
    .waitFor();
  await lesson.notice.getByRole("button", { name: "Undo" }).first().press("Enter");
  await lesson.editor.getByText("export default").waitFor();
  await becomes(() => page.evaluate(() => document.activeElement.textContent), "server.js");
  assert.deepEqual(await violations(page), []);
});

async function choose(page, button, file) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button }).click(),
  ]);
  await chooser.setFiles(file);
}

test("a picture that could not be saved is there after a reload, and two are a choice", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.upload(logo);
  await words(lesson).filter({ hasText: "73 B" }).waitFor();
  await lesson.isSaved();
  const other = await page.context().newPage();
  const there = await Lesson.open(other, stage, SLUG);
  await page.route("**/draft", (route) => route.abort());
  await lesson.upload(bytes("logo.png", 40));
  await page.locator('[data-draft-state="offline"]').waitFor();
  await there.upload(bytes("logo.png", 50));
  await words(there).filter({ hasText: "50 B" }).waitFor();
  await there.isSaved();
  await page.unroute("**/draft");
  await page.reload();
  await lesson.ready();
  const dialog = page.getByRole("dialog", { name: "Which version goes on?" });
  await dialog.getByText("picture, 40 B").waitFor();
  await dialog.getByText("picture, 50 B").waitFor();
  await dialog.getByRole("button", { name: "Keep what is here" }).click();
  await lesson.isSaved();
  await lesson.show("logo.png");
  await words(lesson).filter({ hasText: "40 B" }).waitFor();
});

test("without a script a picture is named in a line", async () => {
  const lesson = await newLesson();
  await lesson.upload(logo);
  await words(lesson).filter({ hasText: "73 B" }).waitFor();
  await lesson.isSaved();
  const plain = await lesson.page
    .context()
    .browser()
    .newContext({
      javaScriptEnabled: false,
      storageState: await lesson.page.context().storageState(),
    });
  const page = await plain.newPage();
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByText("logo.png: picture, 73 B").waitFor();
});
