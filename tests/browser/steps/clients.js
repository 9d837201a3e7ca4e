// What somebody does with the clients beside each other, and with the faults in the preview's bar.

import { Lesson } from "./lesson.js";

/** Lobby's chat in the preview. */
export async function openChat(stage, options = {}) {
  const lesson = await Lesson.open(await stage.person(options), stage, "a-websocket-in-html");
  if (options.viewport) await lesson.view("Code");
  await lesson.solve();
  await lesson.start();
  if (options.viewport) await lesson.view("Preview");
  const clients = new Clients(lesson);
  await clients.counts(clients.first, 1);
  return { lesson, clients, page: lesson.page };
}

export class Clients {
  constructor(lesson) {
    this.lesson = lesson;
    this.page = lesson.page;
  }

  /** The application in the preview. */
  get first() {
    return this.page.frameLocator(".clients > .preview-page iframe");
  }

  /** The application in the second client. */
  get second() {
    return this.page.frameLocator(".second iframe");
  }

  async open() {
    await this.page.getByRole("button", { name: "Second client" }).click();
    await this.second.locator(":root").waitFor();
  }

  bar(name) {
    return this.page.getByRole("toolbar", { name: `${name}, the second client` });
  }

  press(name, role = "button") {
    return this.page.getByRole(role, { name, exact: true }).click();
  }

  async goTo(name, path) {
    const field = this.page.getByLabel(`${name}: address; Enter goes there`);
    await field.fill(path);
    await field.press("Enter");
    await this.page.waitForFunction(
      (goal) =>
        document.querySelector(".second [data-preview-address]").value === goal &&
        !document.querySelector(".second [data-preview-back]").disabled,
      path,
    );
  }

  addressOf(name) {
    const link = this.page.getByRole("link", { name: `${name}: in a window of its own` });
    return link.getAttribute("href");
  }

  /** Has a fault happen, by its name in the menu. */
  async has(fault, role = "menuitem") {
    await this.page.locator("[data-faults]").click();
    const name = typeof fault === "string" ? { name: fault, exact: true } : { name: fault };
    await this.page.getByRole(role, name).click();
  }

  /** The line that says which faults hold. */
  get badge() {
    return this.page.locator(".fault-badge");
  }

  /** Its chat says how many have a WebSocket. */
  async counts(window, people) {
    await window
      .locator("#here")
      .filter({ hasText: `${people} here` })
      .waitFor();
  }
}
