// nginx with the README's configuration in Debian's own.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { Place } from "./place.js";
import { block } from "./readme.js";
import { Site, certify } from "./site.js";
import { visits } from "./visits.js";

const MAIN = "/etc/nginx/nginx.conf";

let place, site;
before(async () => {
  place = await Place.open();
  await certify(place);
  const debian = await readFile(MAIN, "utf8");
  await place.replace(MAIN, debian.replace(/^events \{.*?^\}\n/ms, block("nginx", "events {")));
  await place.cover("/etc/nginx/sites-enabled");
  const folder = await place.cover("/etc/nginx/conf.d");
  await writeFile(join(folder, "hxlab.conf"), block("nginx", "proxy_pass"));
  for (const each of ["/run", "/var/log/nginx"]) await place.cover(each);
  site = await Site.open(place);
  await place.start(443, "nginx", "-g", "daemon off;");
});
after(async () => {
  await site?.close();
  await place?.close();
});

visits(() => site);
