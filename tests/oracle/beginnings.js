// What is done with each project that one in the playground can begin with.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";

export const stories = {
  async empty({ get }) {
    await get("/");
    await get("/nowhere");
  },

  async form({ get, post }) {
    await get("/");
    await get("/style.css");
    await get("/guests");
    await post("/guests", { name: " " });
    await post("/guests", { name: "<i>Ada</i>" });
    await post("/guests", { name: "a".repeat(41) });
    await get("/guests", { as: "then" });
    await get("/nowhere");
  },

  async chat({ port, get, socket }) {
    await get("/");
    await get("/chat");
    const headers = { origin: `http://127.0.0.1:${port}` };
    const ada = await socket("/chat", { who: "Ada", headers });
    await ada.hear();
    await ada.say(JSON.stringify({ message: "hello <b>" }));
    const bo = await socket("/chat", { who: "Bo", headers });
    await bo.hear();
    ada.send("no JSON");
    ada.send(JSON.stringify({ message: " " }));
    await bo.say(JSON.stringify({ message: "hi" }));
    await ada.hear();
    ada.close(1000);
    bo.close(1000);
  },

  async stream({ get, stream }) {
    await get("/");
    const prices = await stream("/prices");
    await prices.until("coins\n\n");
    prices.leave();
    await get("/nowhere");
  },

  async "htmx-4"({ get, ask, post }) {
    await get("/");
    await get("/tasks");
    await post("/tasks", { text: "Write <it> down" });
    await ask("DELETE", "/tasks/1");
    await ask("DELETE", "/tasks/x");
    await get("/tasks", { as: "then" });
    await get("/nowhere");
  },
};

const folders = readdirSync(new URL("../../embedded/beginnings", import.meta.url));
assert.deepEqual(folders.sort(), Object.keys(stories).sort(), "each beginning has a story");
