// Requests per second: a lesson's page beside nginx with the same bytes, and a learner's server beside
// Bun and Node.js with the same project.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Contender } from "./contender.js";
import { Learner } from "./learner.js";
import { inTurn, perSecond, ratios } from "./pair.js";
import { wrk } from "./wrk.js";

const LESSON = "/lessons/a-websocket-in-html";

export async function pages(stage) {
  const learner = await Learner.enter(stage, LESSON);
  const ours = {
    name: "hxlab",
    url: `http://127.0.0.1:${stage.server.port}${LESSON}`,
    asked: { host: learner.host, cookie: learner.cookie },
  };
  const page = await learner.ask(LESSON);
  const nginx = await startNginx(page.text);
  const theirs = { name: "nginx", url: `http://127.0.0.1:${nginx.port}/` };
  const rates = await inTurn(
    [ours, theirs],
    async ({ url, asked }) => (await wrk(url, asked)).perSecond,
  );
  await nginx.stop();
  learner.leave();
  const bytes = Buffer.byteLength(page.text);
  const what = `A lesson's page (${Math.round(bytes / 1000)} kB) of a known learner`;
  return ratios(what, rates, perSecond, { nginx: "≥ 0.8" });
}

export async function answers() {
  const contenders = [Contender.ours("page"), Contender.bun("page"), Contender.node("page")];
  for (const contender of contenders) await contender.start();
  const rates = await inTurn(contenders, async ({ address }) => (await wrk(address)).perSecond);
  for (const contender of contenders) await contender.stop();
  const targets = { Bun: "≥ 0.25", "Node.js": "≥ 0.5" };
  return ratios("GET / of a learner's server", rates, perSecond, targets);
}

/** nginx from Debian's packages with one page, as its own documentation tunes it for static files. */
async function startNginx(page) {
  const port = 18_080;
  const nginx = new Contender("nginx", "nginx", "-p", "{folder}", "-c", "nginx.conf");
  nginx.settle = async (folder) => {
    await mkdir(join(folder, "pages"));
    await writeFile(join(folder, "pages/index.html"), page);
    await writeFile(join(folder, "nginx.conf"), settings(port));
  };
  nginx.listensAt = port;
  return nginx.start();
}

const settings = (port) => `
daemon off;
user root;
worker_processes auto;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  keepalive_requests 1000000000;
  types { text/html html; }
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
  uwsgi_temp_path tmp; scgi_temp_path tmp;
  server { listen 127.0.0.1:${port}; root pages; }
}
`;
