// Tells the workbench what went wrong in the page: gathered, and each counted once, however often it comes.

const GATHER_MS = 100;
const MOST = 50;

export function openProblems(channel) {
  let waiting = new Map();

  const send = () => {
    channel.tell("problems", { entries: [...waiting.values()] });
    waiting = new Map();
  };

  return function report({ key: own, text, advice = "", frame = null, find = "", isOnce = false }) {
    const key = (own ?? `${text} ${frame?.file ?? ""}:${frame?.line ?? ""}`).slice(0, 1000);
    const known = waiting.get(key);
    if (known) return void (known.count += 1);
    if (waiting.size === MOST) return undefined;
    if (waiting.size === 0) setTimeout(send, GATHER_MS);
    waiting.set(key, { key, text: text.slice(0, 2000), advice, frame, find, isOnce, count: 1 });
    return undefined;
  };
}
