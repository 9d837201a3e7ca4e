// The main states of the site's pages, each brought about as a person would: what they look like, and whether their
// markup is sound, is inspected in each.

import { Clients } from "../browser/steps/clients.js";
import { Lesson } from "../browser/steps/lesson.js";
import { Playground } from "../browser/steps/playground.js";
import { Step } from "../browser/steps/step.js";
import { differenceOf, openRow } from "../browser/steps/wire.js";

const SLUG = "a-websocket-in-html";
// One with steps, whose first is done once its code runs.
const STEPS = { slug: "several-events-one-stream", first: "one-stream" };
const NARROW = 1024;

const visit = (address) => async (page, stage) => {
  await page.goto(stage.site + address);
};

const lesson =
  (act = async () => {}, slug = SLUG) =>
  async (page, stage) => {
    const it = await Lesson.open(page, stage, slug);
    // A part that a narrow screen has to open.
    const see = async (name) => {
      if (page.viewportSize().width < NARROW) await it.view(name);
    };
    await act(it, see);
  };

/** The first step of a lesson, put into the code. */
async function firstStep(it) {
  const step = new Step(it, STEPS.first);
  await step.putIn();
  await step.says("Now press Run.");
  return step;
}

/** A project of somebody else's, shared; gives the snapshot's address. */
async function shared(stage) {
  const page = await stage.person();
  const project = await Playground.begin(page, stage, "A form");
  const address = await project.share();
  await page.context().close();
  return address;
}

// Has something to say in Problems of each kind: from the server, the page and htmx, with lines that are long.
const TROUBLES = `const html = (body) => new Response(body, { headers: { "Content-Type": "text/html" } });
const page = \`<!doctype html><title>Troubles</title><script src="/lib/htmx-2.js"></script>
<p hx-traget="#here">One</p>
<button hx-get="/none" hx-target="#nowhere-to-be-found" hx-trigger="load">Two</button>
<script>throw Error("what is said in one word without any space: " + "long".repeat(40))</script>
<script>Promise.reject(Error("a promise that nobody waits for"))</script>
<script src="https://elsewhere.example/script.js"></script>\`;
setTimeout(() => { throw Error("late"); }, 100);
export default {
  fetch: (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/page") return html(page);
    throw Error("nothing works at " + pathname);
  },
};
`;

/** By their names; each takes a page of somebody new and the stage. */
export const STATES = {
  course: visit("/"),
  "search with results": visit("/search?q=server"),
  "search without results": visit("/search?q=zzqqzz"),
  "not there": visit("/none"),
  "differences from Bun": visit("/bun"),
  "about me": visit("/me"),
  review: visit("/review"),
  recovery: visit("/recover"),
  lesson: lesson(),
  "an answered question": lesson(async ({ page }) => {
    const question = page
      .locator(".question")
      .filter({ has: page.locator("[type=radio]") })
      .first();
    await question.locator("[type=radio]").first().check();
    await question.locator("button[id$=-check]").click();
    await question.locator(".verdict").waitFor();
    await question.scrollIntoViewIfNeeded();
  }),
  "a step that is put in": lesson(async (it) => {
    const step = await firstStep(it);
    await step.box.scrollIntoViewIfNeeded();
  }, STEPS.slug),
  "a step that is done": lesson(async (it, see) => {
    const step = await firstStep(it);
    await see("Code");
    await it.start();
    await see("Read");
    await step.isDone();
    await step.box.scrollIntoViewIfNeeded();
  }, STEPS.slug),
  running: lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Preview");
    await it.preview.locator("#say").waitFor();
  }),
  "a row of the wire": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Wire");
    await it.wireRow("/chat").first().click();
  }),
  "what an exchange changed": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Preview");
    await it.preview.locator("#say [name=message]").fill("Hello");
    await it.preview.locator("#say").getByRole("button").click();
    await see("Wire");
    // What came of it, not what was sent.
    await differenceOf(await openRow(it, it.wireRow("Hello").filter({ hasNotText: "sent" })));
  }),
  "something to send": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Wire");
    await it.page.getByRole("button", { name: "Send something" }).click();
    await it.page.getByRole("dialog", { name: "Send something" }).waitFor();
  }),
  versions: lesson(async (it, see) => {
    await see("Code");
    await it.write("style.css", "/* mine */\n");
    await it.isSaved();
    await it.versions();
  }),
  "a version beside one's code": lesson(async (it, see) => {
    await see("Code");
    for (const text of ["/* first */\n", "/* second */\n"]) {
      await it.write("style.css", text);
      await it.isSaved();
    }
    const dialog = await it.versions();
    await dialog
      .locator('[data-version="1"]')
      .getByRole("button", { name: /^Compare/ })
      .click();
    await it.page.locator("[data-compare-editor] .cm-content").waitFor();
  }),
  "a server that does not start": lesson(async (it, see) => {
    await see("Code");
    await it.write("server.js", "export default {");
    await it.run.click();
    await it.isInState("failed");
    await see("Wire");
    await it.page.getByRole("tab", { name: /^Problems/ }).click();
  }),
  solution: lesson(async (it, see) => {
    await see("Code");
    await it.page.locator("[data-solution]").click();
    await it.page.locator("[data-compare-editor] .cm-content").waitFor();
  }),
  "failed checks": lesson(async (it) => {
    await it.check();
    await it.page.locator("[data-check][data-state=failed] iframe").first().waitFor();
    await it.page.locator("[data-check][data-state=failed]").first().scrollIntoViewIfNeeded();
  }),
  "a result with its picture": lesson(async (it) => {
    await it.check();
    const item = it.checkItem("input-empty");
    await item.frameLocator("iframe").locator("[data-hxlab-found]").waitFor();
    await item.getByRole("group").scrollIntoViewIfNeeded();
  }),
  "a passed challenge": lesson(async (it, see) => {
    await see("Code");
    await it.solve();
    await see("Read");
    await it.check();
    await it.challengeSays("you have passed this challenge");
    await it.page.locator("[data-challenge-words]").scrollIntoViewIfNeeded();
  }),
  problems: lesson(async (it, see) => {
    await see("Code");
    await it.write("server.js", TROUBLES);
    await it.start();
    await see("Preview");
    await it.goTo("/page");
    await see("Wire");
    await it.page.getByRole("tab", { name: /^Problems/ }).click();
    await it.page.locator("[data-problem-list] li").nth(4).waitFor();
  }),
  "a second client": lesson(async (it, see) => {
    await see("Code");
    await it.solve();
    await it.start();
    await see("Preview");
    const clients = new Clients(it);
    await clients.open();
    await clients.counts(clients.second, 2);
  }),
  "the menu of faults": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Preview");
    await it.preview.locator("#say").waitFor();
    await it.page.locator("[data-faults]").click();
    await it.page.getByRole("menu", { name: "Faults" }).waitFor();
  }),
  "a fault that holds": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Preview");
    const clients = new Clients(it);
    await it.preview.locator("#say").waitFor();
    await clients.has(/500/, "menuitemcheckbox");
    await clients.badge.waitFor();
  }),
  palette: lesson(async ({ page }) => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog").getByRole("combobox").fill("hx tragets");
    await page
      .getByRole("option", { name: /hx-target/i })
      .first()
      .waitFor();
  }),
  keys: lesson(async ({ page }) => {
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
  }),
  view: lesson(async (it, see) => {
    await see("Code");
    await it.page.getByRole("button", { name: "Layout", exact: true }).click();
    await it.page.getByLabel("Wrap long lines").waitFor();
  }),
  playground: visit("/play"),
  "a project of one's own": async (page, stage) => {
    await Playground.begin(page, stage, "A form");
  },
  "a shared snapshot": async (page, stage) => {
    await page.goto(await shared(stage));
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  },
  "a snapshot that runs": async (page, stage) => {
    await page.goto(await shared(stage));
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.frameLocator("iframe").getByLabel("Your name").waitFor();
  },
  "a snapshot in another page": async (page, stage) => {
    await page.goto(`${await shared(stage)}/embed`);
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  },
};
