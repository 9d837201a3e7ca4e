// Answers that cost much to judge, or to write down.

import { Learner } from "../learner.js";
import { LESSON, again, answered } from "./attacking.js";

const PRACTISED = `${LESSON}/questions/ws-broadcast`;
const WORDS_LESSON = "/lessons/websocket-or-sse";
const IN_WORDS = `${WORDS_LESSON}/questions/ws-vs-sse`;
/** As many characters as an answer may have. */
const LONG = 4000;
/** Right, so that it can be practised again and again; misspelt, so that much is compared; and as long as may be. */
const ESSAY = [
  "WebSockets are two-way, SSE is one-way from the server.",
  ...Array.from(
    { length: 200 },
    (_, number) =>
      `Beside that a brouwser ${number} may reconect to it whenevver the conection brakes.`,
  ),
]
  .join(" ")
  .slice(0, LONG);
/** A learner may answer a few times, and practise fifty. */
const TIMES = 60;

/** One learner practises the same question without end. */
export async function practice(stage) {
  const learner = await Learner.enter(stage, LESSON);
  await again(async () => answered(await learner.fill(PRACTISED, { text: "ws.publish" })));
}

/** Long answers in one's own words, of a new learner whenever one may answer no more. */
export async function words(stage) {
  await again(async () => {
    const learner = await Learner.enter(stage, WORDS_LESSON);
    try {
      for (let time = 0; time < TIMES; time += 1) {
        const answer = await learner.fill(IN_WORDS, { text: `${ESSAY.slice(0, -8)} ${time}` });
        answered(answer);
        if (answer.status === 409) return;
      }
    } finally {
      learner.leave();
    }
  });
}
