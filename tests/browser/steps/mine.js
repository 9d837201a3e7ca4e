// A lesson whose server answers with a page of the test's own.

import { Lesson } from "./lesson.js";

/** The page's body; every address that is not "/" shows `another`. */
export async function lessonWith(stage, body, another = "<p>Another page") {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  const html = JSON.stringify(`<!doctype html><title>Mine</title>${body}`);
  await lesson.write(
    "server.js",
    `const headers = { "Content-Type": "text/html" };
    export default {
      routes: { "/": () => new Response(${html}, { headers }) },
      fetch: () => new Response(${JSON.stringify(another)}, { headers }),
    };`,
  );
  return lesson;
}
