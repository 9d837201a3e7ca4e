// How much of what a page in the preview says is read: so many messages, lines and problems, and so many characters. How
// long a message is shows only once it has been unpacked, so what was too much is a debt, and as long as it lasts nothing
// is unpacked.

import { openBudget } from "./budget.js";
import { read } from "./preview-message.js";

const MARK = "hxlab-preview";
// A page that works hard says some twenty messages a second, and a long one of them is of a million characters. What it
// says beyond these is left out.
const MESSAGES = [200, 100];
const CHARACTERS = [8_000_000, 1_000_000];
const LINES = [1000, 200];
const PROBLEMS = [200, 50];
const SAY_MS = 1000;
// Of a message so many parts are weighed; one that has more counts as long.
const PARTS = 20_000;

// `say` is told how many messages were left out, some time after the first of them.
export function openIntake(say) {
  const [messages, characters] = [openBudget(...MESSAGES), openBudget(...CHARACTERS)];
  const [lines, problems] = [openBudget(...LINES), openBudget(...PROBLEMS)];
  let left = 0;

  const leaveOut = (number) => {
    if (number === 0) return;
    if (left === 0) setTimeout(tell, SAY_MS);
    left += number;
  };
  const tell = () => {
    say(left);
    left = 0;
  };

  return {
    // Whether what the page says is read at all now.
    isOpen: () => !characters.isInDebt(),
    // The message in its own words, or null.
    take(event, origin) {
      if (characters.isInDebt() || messages(1) === 0) return leaveOut(1);
      const { data } = event;
      if (data?.from !== MARK) return null;
      characters.owe(weigh(data));
      const message = read(data, origin);
      if (message?.type === "console") {
        const room = lines(message.entries.length);
        leaveOut(message.entries.length - room + message.left);
        message.entries.length = room;
      }
      if (message?.type === "problems") message.entries.length = problems(message.entries.length);
      return message;
    },
  };
}

function weigh(data) {
  const parts = [data];
  let weight = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (typeof part === "string") weight += part.length;
    else if (part?.byteLength) weight += part.byteLength;
    else if (typeof part === "object" && part !== null) {
      if (parts.length + (part.length ?? part.size ?? 0) > PARTS) return Infinity;
      parts.push(
        ...(part instanceof Map || part instanceof Set ? part.keys() : Object.values(part)),
      );
    }
    weight += 8;
  }
  return weight;
}
