// An expectation that did not come true: what was expected, and what was found instead.

export class Miss extends Error {
  constructor(expected, found) {
    super(`expected ${expected}`);
    this.evidence = { expected, found };
  }
}

const INTERVAL_MS = 50;

// Waits until `look` gives something for which `isMet` holds; at the end, `found` says what there is.
export async function until(limit, look, isMet, expected, found) {
  for (;;) {
    const seen = await look();
    if (isMet(seen)) return seen;
    if (Date.now() + INTERVAL_MS > limit) throw new Miss(expected, found(seen));
    await new Promise((done) => setTimeout(done, INTERVAL_MS));
  }
}
