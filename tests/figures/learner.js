// A learner without a browser: known by a cookie, with a lesson's project to run.

import { Visitor } from "./visitor.js";

const SITE = "hxlab.localhost";

/** What a page is about, in its own words. */
const heading = (text) => text.match(/<h1[^>]*>\s*([^<]*?)\s*</)?.[1] ?? text;

export class Learner {
  /** Opens the lesson's page for the first time. */
  static async enter({ server, from }, lesson) {
    const learner = new Learner();
    Object.assign(learner, { lesson, visitor: new Visitor(server.port, from), version: 0 });
    learner.host = `${SITE}:${server.port}`;
    const page = await learner.visitor.ask(SITE, lesson);
    if (page.status !== 200) throw new Error(`${page.status}: ${heading(page.text)}`);
    learner.cookie = page.headers["set-cookie"][0].split(";")[0];
    learner.files = filesIn(page.text);
    // The first deed: nothing is kept of whoever only reads.
    const opened = await learner.ask(`${lesson}/open`);
    if (opened.status !== 303) throw new Error(`${opened.status}: ${heading(opened.text)}`);
    learner.sandbox = new URL(opened.headers.location).hostname;
    return learner;
  }

  ask(path, options = {}) {
    const headers = { cookie: this.cookie, ...options.headers };
    return this.visitor.ask(SITE, path, { ...options, headers });
  }

  /** Saves these files. */
  keep(files) {
    return this.send("PUT", "draft", files);
  }

  /** Saves and runs these files. */
  run(files) {
    return this.send("POST", "run", files);
  }

  async send(method, where, files) {
    const answer = await this.ask(`${this.lesson}/${where}`, {
      method,
      headers: { origin: `http://${this.host}`, "content-type": "application/json" },
      body: JSON.stringify({ version: this.version, files }),
    });
    if (answer.status !== 200) throw new Error(answer.text);
    this.version = JSON.parse(answer.text).version;
    return answer;
  }

  /** Sends JSON to the site, as the lesson's page does. */
  tell(path, said) {
    return this.ask(path, {
      method: "POST",
      headers: { origin: `http://${this.host}`, "content-type": "application/json" },
      body: JSON.stringify(said),
    });
  }

  /** Sends a form of the site. */
  fill(path, fields) {
    return this.ask(path, {
      method: "POST",
      headers: {
        origin: `http://${this.host}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The files that the lesson's page shows. */
  async kept() {
    const page = await this.ask(this.lesson);
    if (page.status !== 200) throw new Error(`${page.status}`);
    return filesIn(page.text);
  }

  /** Asks the learner's own server. */
  preview(path = "/") {
    return this.visitor.ask(this.sandbox, path);
  }

  leave() {
    this.visitor.leave();
  }
}

function filesIn(page) {
  const state = /<script[^>]*id="workbench-state"[^>]*>(.*?)<\/script>/s.exec(page);
  return JSON.parse(state[1]).files;
}
