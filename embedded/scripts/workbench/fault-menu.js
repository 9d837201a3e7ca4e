// The menu of faults, and the line that says which of them hold. What happens is told by the wire.

import { announce, make, part, sentence } from "./parts.js";
import { openMenu } from "./menu.js";

const HOLDS = {
  refuses: "requests and new connections are refused for 10 s",
  delays: "each answer is delayed by 2 s",
  fails: "each request is answered 500",
};
// What has one of them happen.
const DEEDS = {
  refuses: { do: "refuse" },
  delays: { do: "delay", on: true },
  fails: { do: "fail", on: true },
};
const RUN_FIRST = "Run it first: faults happen to its clients.";
const LOOK_MS = 250;

const holding = (held) => Object.keys(HOLDS).filter((name) => held[name] === true);
const wordsOf = (names) => names.map((name) => HOLDS[name]).join(", ");

// `secondsLeft` gives for how long connections are refused still.
export function openFaults({ feed, preview, run, request, words, notice, dismiss, secondsLeft }) {
  let held = {};
  // Whether what the wire tells next was done here.
  let isAwaited = false;

  const inject = async (deed) => {
    isAwaited = true;
    const { ok, answer } = await request("POST", deed);
    if (ok) return;
    isAwaited = false;
    notice(sentence(answer.error), "Try again", () => inject(deed));
  };
  feed.addEventListener("wire", ({ detail }) => {
    if (!isAwaited || detail.kind !== "fault") return;
    isAwaited = false;
    announce(detail.sentence);
  });

  const off = make("button", { type: "button" }, "Off");
  const told = make("span", { role: "status" });
  // Counted down for the eye alone.
  const left = make("span", { class: "left", "aria-hidden": "true" });
  const badge = make("p", { class: "fault-badge", hidden: true }, told, left, off);
  off.addEventListener("click", () => {
    part("faults").focus();
    inject({ do: "off" });
  });
  part("clients").before(badge);
  const countDown = () => {
    const seconds = secondsLeft();
    left.textContent = seconds > 0 ? `${seconds} s left` : "";
    if (seconds > 0) setTimeout(countDown, LOOK_MS);
  };

  const cuts = ({ client, connections }) => ({
    words: `Cut ${connections === 1 ? "the connection" : `the ${connections} connections`} of ${words(client)}`,
    act: () => inject({ do: "cut", client }),
  });
  const items = async () => {
    const { ok, answer } = await request("GET");
    const clients = ok ? answer.clients : [];
    return [
      { words: "Cut all connections", act: () => inject({ do: "cut", client: null }) },
      ...(clients.length > 1 ? clients.map(cuts) : []),
      {
        words: "Refuse requests and new connections for 10 s",
        act: () => inject(DEEDS.refuses),
      },
      {
        words: "Delay each answer by 2 s",
        isChecked: held.delays === true,
        act: () => inject({ do: "delay", on: !held.delays }),
      },
      {
        words: "Answer 500",
        isChecked: held.fails === true,
        act: () => inject({ do: "fail", on: !held.fails }),
      },
      { words: "Restart the server", act: () => inject({ do: "restart" }) },
    ];
  };
  const menu = openMenu({ button: part("faults"), label: "Faults", items });

  // A site that was restarted has forgotten them.
  let lost = "";
  const offerAgain = (names) => {
    if (names.length === 0) return;
    dismiss(lost);
    lost = `The site was restarted, so this is over: ${wordsOf(names)}.`;
    const again = names.length === 1 ? "Have it happen again" : "Have them happen again";
    notice(lost, again, async () => {
      for (const name of names) await inject(DEEDS[name]);
    });
  };
  run.addEventListener("asked", () => {
    dismiss(lost);
    dismiss(RUN_FIRST);
  });

  return {
    toggle: () => (preview.home ? menu.toggle() : notice(RUN_FIRST, "Run", run.start)),
    // What holds now; `isLost` where the site was restarted.
    show(now, isLost) {
      if (isLost) offerAgain(holding(held));
      held = now;
      const names = holding(held);
      badge.hidden = names.length === 0;
      const text = names.length > 0 ? `Faults: ${wordsOf(names)}` : "";
      if (told.textContent !== text) told.textContent = text;
      countDown();
    },
    end: () => inject({ do: "off" }),
  };
}
