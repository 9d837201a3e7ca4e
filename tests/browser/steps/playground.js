// What a learner does in the playground, in the product's words.

import { Lesson } from "./lesson.js";

/** A project of one's own, in the workbench that lessons have as well. */
export class Playground extends Lesson {
  /** Begins a project with the beginning of this title. */
  static async begin(page, stage, title) {
    const project = new Playground(page, stage, title);
    await page.goto(`${stage.site}/play`);
    await page.getByRole("button", { name: title, exact: true }).click();
    await project.ready();
    return project;
  }

  /** Shares what is here now; the address of the snapshot, which is shown. */
  async share() {
    await this.page.getByRole("button", { name: "Share what is here now" }).click();
    await this.page.waitForURL(/\/play\/[a-z2-7]{26}$/);
    return this.page.url();
  }
}
