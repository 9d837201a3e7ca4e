// A row that was opened: the entry in full, and beside it what can be done with it and what else is in the row.

import { announce, make, part, timeOf } from "./parts.js";
import { asCurl } from "./curl.js";
import { modelOf } from "./composer-model.js";
import { showDetail } from "./wire-detail.js";
import { keepFocus } from "./focus-kept.js";
import { countOf, reachOf, togetherWith } from "./wire-groups.js";
import { connectionName, describe } from "./wire-row.js";

// Of what is looked at the focus stays; where nothing is any more, the list has it.
export function openDetail(given) {
  const hadFocus = keepFocus(part("wire-detail"), () => draw(given));
  if (hadFocus && !given.entry) part("wire-list").focus();
}

// `detail` shows another entry of the group, `compose` opens the composer with a model.
function draw({ group, entry, close, clients, origin, detail, compose }) {
  const together = () => togetherWith(entry, group);
  showDetail(entry, { close, together, nameOf: clients.nameOf });
  if (!entry) return;
  const facts = [reached(group, clients), opened(group), composed(entry)].filter(Boolean);
  const parts = [
    acts(entry, { origin, compose }),
    facts.length > 0 ? make("p", { class: "detail-facts" }, facts.join(" ")) : null,
    group.entries.length > 1 && countOf(group) > 1
      ? members(group, entry, { clients, detail })
      : null,
  ];
  part("wire-detail")
    .querySelector("header")
    .after(...parts.filter(Boolean));
}

function acts(entry, { origin, compose }) {
  const button = (words, act) => {
    const made = make("button", { type: "button", class: "quiet" }, words);
    made.addEventListener("click", act);
    return made;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(asCurl(entry, origin()));
      announce(
        "Copied, with the cookies of the browser that sent it: paste it only where you trust the place.",
      );
    } catch {
      announce("The browser did not allow copying.");
    }
  };
  const model = modelOf(entry);
  return make(
    "p",
    { class: "detail-acts" },
    entry.kind === "http" ? button("Copy as curl", copy) : null,
    model ? button("Edit and repeat", () => compose(model)) : null,
  );
}

function reached(group, clients) {
  const { last, counts } = group;
  if (!last.published) return "";
  const names = [...counts.keys()].map(clients.words);
  const more = reachOf(group) - names.length;
  const whom = more > 0 ? `${names.join("; ")}; and ${more} more` : names.join("; ");
  return `Published to “${last.published.topic}”. It reached ${whom}.`;
}

const opened = ({ opened: connection }) =>
  connection ? `It opened ${connectionName(connection)}.` : "";

const composed = (entry) => (entry.composed ? "It was sent from the composer." : "");

// The others that share the row, newest first.
function members(group, current, { clients, detail }) {
  const items = group.entries.toReversed().map((entry) => {
    const { text } = describe(entry);
    const words = `${timeOf(entry.at)} ${clients.words(entry.client)}: ${text.replaceAll(/\s+/g, " ").slice(0, 80)}`;
    const button = make(
      "button",
      { type: "button", class: "quiet", "aria-current": entry === current ? "true" : null },
      words,
    );
    button.addEventListener("click", () => {
      detail(group, entry);
      part("wire-detail").querySelector("[aria-current]")?.focus();
    });
    return make("li", {}, button);
  });
  const words = `${timesOf(group)}, newest first`;
  return make(
    "details",
    { class: "detail-members", open: true },
    make("summary", {}, words),
    make("ol", {}, ...items),
  );
}

// How often it came, and of how many entries that is where several clients got it.
function timesOf({ counts, entries: { length } }) {
  const all = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const to = counts.size > 1 ? ` to ${counts.size} clients, ${all} entries` : "";
  const left = all > length ? `, of which the last ${length} are here` : "";
  return `${countOf({ counts })} times${to}${left}`;
}
