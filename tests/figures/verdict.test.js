// What an attack must have broken to be told of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verdict } from "./verdict.js";

const quiet = {
  name: "feeds",
  times: Array(1000).fill(20),
  late: 5,
  failures: [],
  lost: [],
  before: 50,
  after: 60,
};
const slow = [...Array(980).fill(20), ...Array(20).fill(501)];

test("a site that keeps its promises is not blamed", () => {
  assert.deepEqual(verdict(quiet), { faults: [], unclear: [] });
  // Nine of a thousand may be slow.
  const few = [...Array(991).fill(20), ...Array(9).fill(9000)];
  assert.deepEqual(verdict({ ...quiet, times: few }), { faults: [], unclear: [] });
  // A busy machine makes pages slower, never faster.
  assert.deepEqual(verdict({ ...quiet, late: 900 }), { faults: [], unclear: [] });
});

for (const [what, change, words] of [
  ["the end of hxlab", { ended: "hxlab ended by SIGKILL" }, /^feeds: hxlab ended by SIGKILL/],
  [
    "slow pages",
    { times: slow },
    /^feeds: honest pages’ p99 is 501 ms, more than 500 ms \(.*5 ms late/,
  ],
  [
    "a failed save",
    { failures: ["a save: 503"] },
    /^feeds: 1 honest pages or saves .*1 × a save: 503/,
  ],
  ["a lost save", { lost: ["learner 3 finds nothing"] }, /^feeds: 1 saves that .* lost.*learner 3/],
  ["memory", { after: 61 }, /^feeds: memory is 61 MiB 90 s after it, more than 1.2 × the 50 MiB/],
])
  test(`${what}: a sentence names the attack, the figure and the bound`, () => {
    const { faults, unclear } = verdict({ ...quiet, ...change });
    assert.deepEqual(unclear, []);
    assert.equal(faults.length, 1);
    assert.match(faults[0], words);
  });

test("what cannot be told is said, and is no pass", () => {
  const busy = verdict({ ...quiet, times: slow, late: 101 });
  assert.deepEqual(busy.faults, []);
  assert.match(
    busy.unclear[0],
    /^feeds: pages’ p99 is 501 ms, but this process itself was 101 ms late/,
  );
  const idle = verdict({ ...quiet, isIdle: true });
  assert.match(idle.unclear[0], /^feeds: the attackers did nothing/);
  const short = verdict({ ...quiet, times: [20, 20] });
  assert.match(short.unclear[0], /^feeds: only 2 pages were asked for/);
});
