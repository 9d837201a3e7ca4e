// How the cost of one delivery and of one start grows with how many there are: the slope of a straight
// line through the logarithms, 0 where it stays the same.

import { Contender } from "./contender.js";
import { Learner } from "./learner.js";
import { fanout } from "./load.js";
import { middle } from "./pair.js";

const LESSON = "/lessons/a-websocket-in-html";
const STARTS_EACH = 15;

export async function deliveries() {
  const points = [];
  for (const clients of [10, 100, 1000, 5000]) {
    const rates = [];
    for (let round = 0; round < 3; round += 1) {
      const room = await Contender.ours("room").start();
      rates.push(await fanout(room, clients));
      await room.stop();
    }
    points.push([clients, 1 / middle(rates)]);
  }
  return line(
    "Cost of one delivery, 10 to 5,000 clients",
    points,
    (it) => `${(it * 1e6).toFixed(2)} µs`,
  );
}

export async function starting(stage) {
  const points = [];
  let there = 0;
  const start = async () => {
    const learner = await Learner.enter(stage, LESSON);
    const asked = performance.now();
    const answer = await learner.preview();
    if (answer.status !== 200) throw new Error(answer.text);
    learner.leave();
    there += 1;
    return answer.begun - asked;
  };
  for (const runs of [1, 10, 100, 1000]) {
    while (there < runs) await start();
    const times = [];
    for (let each = 0; each < STARTS_EACH; each += 1) times.push(await start());
    points.push([runs, middle(times)]);
  }
  return line("Cost of a start, 1 to 1,000 Runs", points, (it) => `${it.toFixed(2)} ms`);
}

function line(what, points, unit) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (index) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) /
    logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  const figures = points.map(([, value]) => unit(value)).join(", ");
  return [{ what, figure: `slope ${slope.toFixed(2)}  (${figures})`, target: "≤ 0.1" }];
}
