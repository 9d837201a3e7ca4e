// Takes the README's picture of a lesson: HXLAB=target/release/hxlab node tests/browser/picture.js

import { join } from "node:path";
import { Stage } from "./stage.js";
import { say } from "./steps/chat.js";
import { Lesson } from "./steps/lesson.js";

const stage = await Stage.open();
try {
  const page = await stage.person({ colorScheme: "light" });
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.solve();
  await lesson.show("index.html");
  await lesson.editor.press("ControlOrMeta+Home");
  await lesson.start();
  const bob = await stage.person();
  await bob.goto(await lesson.outside());
  await bob.locator("#here").filter({ hasText: "2 here" }).waitFor();

  const tell = async (window, words) => {
    await say(window, words);
    await lesson.preview.locator("#log").getByText(words).waitFor();
  };
  await tell(bob, "Is anybody there?");
  await tell(lesson.preview, "Yes, in the preview beside the lesson.");
  await lesson.wireRow("in the preview").first().waitFor();
  await page.screenshot({ path: join(import.meta.dirname, "lesson.png") });
} finally {
  await stage.close();
}
