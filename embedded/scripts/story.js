// A worker in which one check's story runs. What it asks for is done by the lesson's page; a story that
// never ends is ended with its worker, and holds nobody else.

import { clients } from "./story/client.js";
import { evidenceOf } from "./story/evidence.js";
import { expectation } from "./story/expect.js";
import { link } from "./story/link.js";
import { openPatience, pause } from "./story/patience.js";
import { attackOf, serverOf, wireOf } from "./story/server.js";

self.addEventListener("message", ({ data }) => data.story && tell(data.story), { once: true });

async function tell({ checks, check, seconds }) {
  // What the story read last on the wire, whether it has the server answer late now, and whether it ever had
  // it stop, cut lines or answer late.
  const state = { entry: null, isDelayed: false, isDisturbed: false };
  const patience = openPatience(seconds, state);
  try {
    const { default: list } = await import(checks);
    const open = clients(link, patience, state);
    const wire = wireOf(link, patience, state);
    await list
      .find(({ id }) => id === check)
      .run({
        open,
        wire,
        server: serverOf(link, state),
        attack: attackOf(link, patience, { open, state }),
        expect: expectation(patience, state),
        waitFor: patience.waitFor,
        pause,
      });
    self.postMessage({ over: { passed: true } });
  } catch (error) {
    self.postMessage({ over: { passed: false, evidence: evidenceOf(error, state) } });
  }
}
