// The menu of faults, and the line that says which of them hold. What happens is told by the wire.

import { announce, make, part, sentence } from "./parts.js";
import { openMenu } from "./menu.js";

const HOLDS = {
  refuses: "requests and new connections are refused for 10 s",
  delays: "each answer is delayed by 2 s",
  fails: "each request is answered 500",
};

export function openFaults({ feed, preview, run, request, words, notice }) {
  let held = {};
  // Whether what the wire tells next was done here.
  let isAwaited = false;
  // Whether a request was refused since connections are.
  let isRefused = false;

  const inject = async (deed) => {
    isAwaited = true;
    const { ok, answer } = await request("POST", deed);
    if (ok) return;
    isAwaited = false;
    notice(sentence(answer.error), "Try again", () => inject(deed));
  };
  feed.addEventListener("wire", ({ detail }) => {
    if (detail.injected === "refused") isRefused = true;
    if (!isAwaited || detail.kind !== "fault") return;
    isAwaited = false;
    announce(detail.sentence);
  });

  const off = make("button", { type: "button" }, "Off");
  const told = make("span", { role: "status" });
  const badge = make("p", { class: "fault-badge", hidden: true }, told, off);
  off.addEventListener("click", () => {
    part("faults").focus();
    inject({ do: "off" });
  });
  part("clients").before(badge);

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
        act: () => inject({ do: "refuse" }),
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

  // The browser shows a page of its own in the place of one that was refused, and does not try again.
  const offerReload = () => {
    if (isRefused && preview.frame() && !preview.isAnswering())
      notice("Your page did not load while connections were refused.", "Reload", preview.reload);
    isRefused = false;
  };

  return {
    toggle: () =>
      preview.home
        ? menu.toggle()
        : notice("Run it first: faults happen to its clients.", "Run", run.start),
    show(now) {
      if (held.refuses && now.refuses === false) offerReload();
      held = now;
      const holding = Object.keys(HOLDS).filter((name) => held[name] === true);
      badge.hidden = holding.length === 0;
      const text = holding.length > 0 ? `Faults: ${holding.map((it) => HOLDS[it]).join(", ")}` : "";
      if (told.textContent !== text) told.textContent = text;
    },
  };
}
