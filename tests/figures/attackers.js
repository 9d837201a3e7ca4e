// Those who attack, in a process that goes on until it is ended, and says in a line, again and again, what they did: the
// name of an attack, the site's port, and how many clients.

import { attacks } from "./attacks/all.js";
import { ADDRESSES, count, tell } from "./attacks/attacking.js";

const [name, port, clients] = process.argv.slice(2);
const server = { port: Number(port) };
process.once("SIGTERM", () => {
  tell();
  process.exit(0);
});
// What the site refuses, it refuses.
const begin = (_, number) =>
  attacks[name]({ server, from: `198.51.100.${number % ADDRESSES}`, number }).catch(({ message }) =>
    count(`given up (${message.slice(0, 80)})`),
  );
await Promise.all(Array.from({ length: Number(clients) }, begin));
// Whoever waits for what is not read stays.
setInterval(() => {}, 1000);
