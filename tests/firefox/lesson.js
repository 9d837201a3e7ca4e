// What a learner does at a lesson's page, in the product's words.

/** Waits until an element of this selector has this text. */
export const says = (page, selector, text) =>
  page.waitForFunction(
    (where, words) =>
      [...document.querySelectorAll(where)].some((it) => it.textContent.includes(words)),
    {},
    selector,
    text,
  );

/** Clicks on the one that is called so, as assistive technology has it. */
export const press = (page, name) => page.locator(`aria/${name}`).click();

/** Says something in Lobby's chat, in a frame. A page in the preview has the focus only once somebody clicks there. */
export async function say(frame, words) {
  const message = await frame.waitForSelector("#say [name=message]");
  await message.click();
  const { keyboard } = frame.page();
  await keyboard.type(words);
  await keyboard.press("Enter");
}

// The editor's text lies in a shadow tree.
const EDITOR = "[data-editor] >>> .cm-content";

export class Lesson {
  constructor(page, stage, address) {
    Object.assign(this, { page, stage, address });
  }

  static async open(page, stage, slug) {
    const lesson = new Lesson(page, stage, `/lessons/${slug}`);
    await page.goto(stage.site + lesson.address);
    await lesson.ready();
    return lesson;
  }

  /** The workbench is opened after the first paint. */
  ready() {
    return this.page.waitForSelector(".workbench[data-ready]");
  }

  /** The state of the Run as a word: none, starting, running, failed, stopped, crashed, asleep. */
  isInState(state) {
    return this.page.waitForSelector(`[data-run-state="${state}"]`);
  }

  isSaved() {
    return this.page.waitForSelector('[data-draft-state="saved"]');
  }

  show(file) {
    return this.page.locator(`[data-files] [role=tab] ::-p-text(${file})`).click();
  }

  async clickInEditor() {
    await this.page.locator(EDITOR).click();
  }

  /** Whether the keys go to the editor. */
  isInEditor() {
    return this.page.evaluate(() => document.activeElement.matches("[data-editor]"));
  }

  /** Waits until the editor has this text. */
  reads(text) {
    return this.page.waitForSelector(`${EDITOR} ::-p-text(${text})`);
  }

  /** Replaces a file's text at once. */
  async write(file, text) {
    await this.show(file);
    await this.clickInEditor();
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("a");
    await this.page.keyboard.up("Control");
    // A paste that a script makes brings nothing along in Firefox.
    await this.page.evaluate((typed) => document.execCommand("insertText", false, typed), text);
  }

  /** Writes the solution over the starter, which has the same files. */
  async solve() {
    const files = (name) =>
      this.page.evaluate(
        (address) => fetch(address).then((response) => response.json()),
        `${this.address}/${name}`,
      );
    const starter = await files("starter");
    const solution = await files("solution");
    for (const [name, text] of Object.entries(solution.files)) {
      if (starter.files[name] !== text) await this.write(name, text);
    }
  }

  async run() {
    await this.page.locator("[data-run]").click();
    await this.isInState("running");
  }

  /** The application in the preview, once it has such an element. */
  async preview(selector) {
    const frame = await this.page.waitForSelector("iframe");
    const preview = await frame.contentFrame();
    await preview.waitForSelector(selector);
    return preview;
  }

  /** The sandbox's own address, for another browser. */
  outside() {
    return this.page.$eval("[data-preview-open]", (link) => link.href);
  }

  /** Has all checks tried, and waits for the words at the end. */
  async check(words) {
    await this.page.locator("[data-challenge-start]").click();
    await this.page.waitForSelector("[data-challenge-stop]", { visible: true });
    const start = { visible: true, timeout: 240_000 };
    await this.page.waitForSelector("[data-challenge-start]", start);
    await says(this.page, "[data-challenge-words]", words);
  }
}
