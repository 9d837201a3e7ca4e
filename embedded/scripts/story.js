// A worker in which one check's story runs. What it asks for is done by the lesson's page; a story that
// never ends is ended with its worker, and holds nobody else.

import { link } from "./story/link.js";
import { clients } from "./story/client.js";
import { expectation } from "./story/expect.js";
import { Miss } from "./story/miss.js";
import { serverOf, wireOf, attackOf } from "./story/server.js";

self.addEventListener("message", ({ data }) => data.story && tell(data.story), { once: true });

async function tell({ checks, check, seconds }) {
  const until = Date.now() + seconds * 1000;
  try {
    const { default: list } = await import(checks);
    const open = clients(link, until);
    const wire = wireOf(link, until);
    const context = {
      open,
      wire,
      server: serverOf(link),
      attack: attackOf(link, open, wire),
      expect: expectation(until),
    };
    await list.find(({ id }) => id === check).run(context);
    self.postMessage({ over: { passed: true, evidence: {} } });
  } catch (error) {
    self.postMessage({ over: { passed: false, evidence: evidenceOf(error) } });
  }
}

function evidenceOf(error) {
  if (error instanceof Miss) return error.evidence;
  if (error && "actual" in error && "expected" in error) {
    const { expected, actual, message } = error;
    return { expected: `${message}`, found: words(actual), wanted: words(expected) };
  }
  return { expected: "the check runs to its end", found: `${error}` };
}

const words = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
