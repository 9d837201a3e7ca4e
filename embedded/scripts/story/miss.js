// An expectation that did not come true: what was expected, what was found instead, and where to look on
// the wire: at an entry, or at a client's last.

export class Miss extends Error {
  constructor(expected, found, place = {}) {
    super(`expected ${expected}`);
    this.evidence = { expected, found, ...place };
  }
}
