// Plain forms in the preview: no htmx, and no entry in the lesson's own history.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const server = `
const guests = [];
const page = (title, body, status = 200) =>
  new Response("<!doctype html><title>" + title + "</title>" + body, {
    status, headers: { "Content-Type": "text/html; charset=utf-8" },
  });
const form = (note = "") => '<form method="post" action="/guests"><p id="note">' + note +
  '</p><label>Name <input name="name" /></label><button name="how" value="loud">Sign</button></form>' +
  '<form method="post" action="/quiet"><button>Quiet</button></form>' +
  '<form method="post" action="/moved"><input name="name" value="Moved" hidden /><button>Move</button></form>' +
  '<form method="post" action="/file" enctype="multipart/form-data">' +
  '<input type="file" name="file" aria-label="File" /><button>Upload</button></form>' +
  '<ol>' + guests.map((it) => "<li>" + it + "</li>").join("") + "</ol>";
export default {
  routes: {
    "/guests": {
      GET: () => page("Guests", form()),
      async POST(req) {
        const fields = await req.formData();
        const name = fields.get("name");
        if (!name) return page("Not yet", form("Say who you are."), 422);
        guests.push([name, fields.get("how"), req.headers.get("sec-fetch-mode")].join(" "));
        return new Response(null, { status: 303, headers: { Location: "/guests#thanks", "Set-Cookie": "seen=" + name } });
      },
    },
    "/quiet": { POST: () => new Response(null, { status: 204 }) },
    "/moved": { POST: () => new Response(null, { status: 307, headers: { Location: "/guests" } }) },
    "/file": {
      async POST(req) {
        const file = (await req.formData()).get("file");
        return page("Got it", "<p id=got>" + file.name + ": " + (await file.text()) + "</p>" + form());
      },
    },
  },
  fetch: () => page("Home", '<a href="/guests">Guests</a>'),
};
`;

test("plain forms leave the lesson's history alone, and the server sees a browser's own request", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.write("server.js", server);
  await lesson.start();
  const { preview } = lesson;
  const entries = await page.evaluate(() => history.length);
  await lesson.goTo("/guests");

  await lesson.clickThere(preview.getByRole("button", { name: "Sign" }));
  await preview.getByText("Say who you are.").waitFor();
  await preview.getByLabel("Name").fill("Ada Lovelace");
  await lesson.clickThere(preview.getByRole("button", { name: "Sign" }));
  await preview.locator("li", { hasText: "Ada Lovelace loud navigate" }).waitFor();
  await becomes(() => lesson.address.inputValue(), "/guests#thanks");
  await lesson.clickThere(preview.getByRole("button", { name: "Quiet" }));
  await lesson.wireRow("/quiet").waitFor();
  await lesson.clickThere(preview.getByRole("button", { name: "Move" }));
  await preview.locator("li", { hasText: "Moved" }).waitFor();

  const file = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Grüße") };
  await preview.getByLabel("File").setInputFiles(file);
  await lesson.clickThere(preview.getByRole("button", { name: "Upload" }));
  await preview.locator("#got", { hasText: "note.txt: Grüße" }).waitFor();
  await becomes(() => lesson.address.inputValue(), "/file");

  await lesson.press("back");
  await preview.locator("li", { hasText: "Moved" }).waitFor();
  assert.equal(await page.evaluate(() => history.length), entries, "the page's own history");
  assert.equal(await lesson.wireRow("/file").count(), 1, "one request, not two");
  assert.deepEqual(page.faults, []);
});
