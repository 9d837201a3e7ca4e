// One step of a lesson, in the product's words.

export class Step {
  constructor(lesson, id) {
    this.lesson = lesson;
    this.box = lesson.page.locator(`[data-lesson-step="${id}"]`);
    this.tick = this.box.locator("[data-tick]");
  }

  putIn() {
    return this.box.getByRole("button", { name: "Put it in" }).click();
  }

  /** What is said below its buttons. */
  async says(words) {
    await this.box.locator("[data-step-said]").filter({ hasText: words }).waitFor();
  }

  async isDone() {
    await this.box.locator("[data-tick][data-done]").waitFor();
  }

  async isOpen() {
    return (await this.tick.getAttribute("data-done")) === null;
  }
}
