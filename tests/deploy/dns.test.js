// The names of a room without internet: dnsmasq by the README's own line, beside whoever else has port 53.

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { after, before, test } from "node:test";
import { Place } from "./place.js";
import { block } from "./readme.js";

const HERE = "192.168.1.10";
const SILENT = "192.168.1.1";

let place, resolver;
/** Port 53 of the router, which has no internet to ask, and of systemd-resolved. */
const others = [];
before(async () => {
  place = await Place.open();
  for (const address of [HERE, SILENT])
    await place.run("ip", "address", "add", address, "dev", "lo");
  for (const address of [SILENT, "127.0.0.53"]) others.push(await listen(address));
  await place.replace("/etc/resolv.conf", `nameserver ${SILENT}\n`);
  const [line] = block("sh", "dnsmasq").split("\n");
  const [program, ...argv] = line.split(" ");
  await place.start({ host: HERE, port: 53 }, program, ...argv);
  resolver = new Resolver({ timeout: 60_000, tries: 1 });
  resolver.setServers([HERE]);
});
after(async () => {
  for (const socket of others) socket.close();
  await place?.close();
});

test("the laptop's name and every name below it lead to the laptop", async () => {
  for (const name of ["lab.example", "k3j9.lab.example", "k3j9--alice.lab.example"])
    assert.deepEqual(await resolver.resolve4(name), [HERE], name);
});

test("that there is no IPv6 address is said at once, and not asked of a server that is silent", async () => {
  for (const name of ["lab.example", "k3j9.lab.example"])
    await assert.rejects(resolver.resolve6(name), { code: "ENODATA" }, name);
});

test("a name of the internet is refused at once", async () => {
  await assert.rejects(resolver.resolve4("www.example.org"), { code: "EREFUSED" });
});

function listen(address) {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.once("error", reject).bind(53, address, () => resolve(socket));
  });
}
