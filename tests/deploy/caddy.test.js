// Caddy with the README's configuration.

import { after, before } from "node:test";
import { Place } from "./place.js";
import { block } from "./readme.js";
import { Site, certify } from "./site.js";
import { visits } from "./visits.js";

const FILE = "/etc/caddy/Caddyfile";

let place, site;
before(async () => {
  place = await Place.open();
  await certify(place);
  await place.replace(FILE, block("caddyfile", "reverse_proxy"));
  site = await Site.open(place);
  await place.start(443, "caddy", "run", "--config", FILE, "--adapter", "caddyfile");
});
after(async () => {
  await site?.close();
  await place?.close();
});

visits(() => site);
