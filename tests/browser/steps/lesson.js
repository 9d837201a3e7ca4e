// What a learner does at a lesson's page, in the product's words.

// All checks of a challenge end by then, on a busy machine too.
const CHECKS_MS = 240_000;

export class Lesson {
  constructor(page, stage, slug) {
    this.page = page;
    this.stage = stage;
    this.slug = slug;
  }

  static async open(page, stage, slug) {
    const lesson = new Lesson(page, stage, slug);
    await page.goto(`${stage.site}/lessons/${slug}`);
    await lesson.ready();
    return lesson;
  }

  /** The workbench is opened after the first paint. */
  async ready() {
    await this.page.locator(".workbench[data-ready]").waitFor({ state: "attached" });
  }

  get run() {
    return this.page.locator("[data-run]");
  }

  /** The state of the Run as a word: none, starting, running, failed, stopped, crashed, asleep. */
  async isInState(state) {
    await this.page.locator(`[data-run-state="${state}"]`).waitFor();
  }

  get words() {
    return this.page.locator("[data-run-words]");
  }

  /** On a narrow screen: one part of the lesson at a time. Its name goes on where there are problems. */
  async view(name) {
    const wanted = { name: new RegExp(`^${name}\\b`) };
    await this.page.locator("[data-views]").getByRole("button", wanted).click();
  }

  async show(file) {
    await this.page.locator("[data-files]").getByRole("tab", { name: file, exact: true }).click();
  }

  get editor() {
    return this.page.locator("[data-editor] .cm-content");
  }

  /** Replaces a file's text as somebody who pastes. */
  async write(file, text) {
    await this.show(file);
    await this.editor.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  async add(file, text) {
    await this.page.getByRole("button", { name: "Add a file" }).click();
    await this.page.getByLabel("File name").fill(file);
    await this.page.keyboard.press("Enter");
    await this.write(file, text);
  }

  /** Chooses files from the computer: `{ name, mimeType, buffer }`. */
  async upload(files) {
    const [chooser] = await Promise.all([
      this.page.waitForEvent("filechooser"),
      this.page.getByRole("button", { name: "Add files from this computer" }).click(),
    ]);
    await chooser.setFiles(files);
  }

  /** Drops files on the editor: `{ name, text }`. */
  async drop(files) {
    const dataTransfer = await this.page.evaluateHandle((each) => {
      const transfer = new DataTransfer();
      for (const { name, text } of each) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    for (const type of ["dragover", "drop"])
      await this.editor.dispatchEvent(type, { dataTransfer });
  }

  /** Types the solution over the starter. */
  async solve() {
    const files = (name) =>
      this.page.evaluate(
        (address) => fetch(address).then((response) => response.json()),
        `/lessons/${this.slug}/${name}`,
      );
    const starter = await files("starter");
    const solution = await files("solution");
    for (const [name, text] of Object.entries(solution.files)) {
      if (!(name in starter.files)) await this.add(name, text);
      else if (starter.files[name] !== text) await this.write(name, text);
    }
  }

  /** Opens the list of versions. */
  async versions() {
    await this.page.getByRole("button", { name: "Versions of your code" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Versions of your code" });
    await dialog.waitFor();
    return dialog;
  }

  async start() {
    await this.run.click();
    await this.isInState("running");
  }

  async isSaved() {
    await this.page.locator('[data-draft-state="saved"]').waitFor();
  }

  /** The application in the preview. */
  get preview() {
    return this.page.frameLocator("iframe");
  }

  /** Clicks in the preview as somebody who sees it: before it is painted, the browser gives a click to what is behind. */
  async clickThere(target) {
    await target.waitFor();
    await this.preview.locator(":root").evaluate(isPainted);
    await target.click();
  }

  /** One line above the code that offers something to do. */
  get notice() {
    return this.page.locator("[data-notice]");
  }

  get address() {
    return this.page.locator("[data-preview-address]").first();
  }

  async goTo(path) {
    await this.address.fill(path);
    await this.address.press("Enter");
  }

  press(name) {
    return this.page.locator(`[data-preview-${name}]`).first().click();
  }

  /** The sandbox's own address, for another browser. */
  async outside() {
    return this.page.locator("[data-preview-open]").first().getAttribute("href");
  }

  async consoleSays(text) {
    await this.page.getByRole("tab", { name: /^Console/ }).click();
    await this.page.locator("[data-console-list]").getByText(text).first().waitFor();
  }

  wireRow(text) {
    return this.page.locator("[data-wire-list] [role=option]").filter({ hasText: text });
  }

  /** One of the challenge's checks. */
  checkItem(id) {
    return this.page.locator(`[data-check="${id}"]`);
  }

  async isCheck(id, state) {
    const item = this.page.locator(`[data-check="${id}"][data-state="${state}"]`);
    await item.waitFor({ timeout: CHECKS_MS });
  }

  /** The same, where the part of the lesson that holds it may be out of sight. */
  async isCheckAttached(id, state) {
    const item = this.page.locator(`[data-check="${id}"][data-state="${state}"]`);
    await item.waitFor({ state: "attached", timeout: CHECKS_MS });
  }

  /** Has all checks tried, and waits for the last one. */
  async check() {
    await this.page.locator("[data-challenge-start]").click();
    await this.page.locator("[data-challenge-stop]").waitFor();
    await this.page.locator("[data-challenge-start]").waitFor({ timeout: CHECKS_MS });
  }

  async challengeSays(words) {
    await this.page.locator("[data-challenge-words]").filter({ hasText: words }).waitFor();
  }
}

function isPainted() {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => list.getEntries().length > 0 && resolve());
    observer.observe({ type: "paint", buffered: true });
  });
}
