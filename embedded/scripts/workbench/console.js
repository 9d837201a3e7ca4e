// The console: what the server and the page say, newest at the end.

import { consoleLine } from "./console-line.js";
import { part, sentence } from "./parts.js";
import { atMost, growingList } from "./growing-list.js";

const LIMIT = 1000;

export function showConsole({ feed, pages, run, places }) {
  const panel = document.getElementById("bench-console");
  const count = part("console-count");
  let errors = 0;

  const list = growingList(part("console-list"), {
    rowsIn: atMost(LIMIT),
    toRows: (messages) => messages.map((message) => consoleLine(message, places)),
    onDrawn(dropped) {
      const words = `${dropped} older messages are no longer listed: the console keeps ${LIMIT}.`;
      part("console-note").textContent = dropped ? words : "";
    },
  });

  const counted = (change) => {
    errors = change;
    count.textContent = errors ? `${errors}` : "";
    count.title = errors ? `${errors} errors` : "";
  };

  const write = (message) => {
    if (message.level === "error") counted(errors + 1);
    list.add(message);
  };

  const clear = () => {
    list.clear();
    counted(0);
  };

  feed.addEventListener("console", ({ detail }) => write({ from: "server", ...detail }));
  feed.addEventListener("again", clear);
  pages.addEventListener("console", ({ detail: { entries = [], left, name } }) => {
    const said = name ? `${name}: ` : "";
    for (const message of entries)
      write({ from: "page", fault: null, ...message, text: said + message.text });
    if (left) write(note(said + leftOut(left)));
  });
  let told = "";
  run.addEventListener("status", ({ detail }) => {
    const key = `${detail.state} ${detail.run ?? ""}`;
    if (!detail.run || key === told) return;
    told = key;
    if (detail.state === "asleep") return write(note(detail.reason.sentence, detail.at));
    if (detail.state === "running") write(note(`Run ${detail.run}`, detail.at));
    if (detail.fault || detail.reason) {
      const { fault = null } = detail;
      const text = fault ? `${fault.name}: ${fault.message}` : sentence(detail.reason.sentence);
      write({
        at: detail.at ?? Date.now(),
        from: "server",
        level: "error",
        text,
        frame: null,
        fault,
      });
    }
  });

  const select = (name) => {
    part(`console-${name}`).addEventListener("change", (event) => {
      panel.dataset[name] = event.target.value;
      list.keep();
    });
  };
  select("from");
  select("level");
  part("console-clear").addEventListener("click", clear);
}

const leftOut = (number) =>
  `${number === 1 ? "1 more message of the page is" : `${number} more messages of the page are`} left out: ` +
  "it says more than the console can show.";

const note = (text, at = Date.now()) => ({ at, from: "", level: "note", text, frame: null });
