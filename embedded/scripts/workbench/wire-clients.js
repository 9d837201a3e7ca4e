// Who is on the wire: each browser has a letter and a hue. The learner's own is the one that asked for the preview's page:
// that page tells its number on the wire, and what a request says of itself does not count. A check's clients have names.

import { make, part } from "./parts.js";
import { hueOf } from "./wire-hue.js";

const HAS_LETTER = /^[A-Z]\d*$/;
const PROGRAMS = [
  [/Firefox\//, "Firefox"],
  [/Edg\//, "Edge"],
  [/Chrom(e|ium)\//, "Chromium"],
  [/Safari\//, "Safari"],
  [/^curl\//, "curl"],
];

// `onOwn` is told of the label that turns out to be the learner's own.
export function knowClients(onOwn) {
  const known = new Map();
  // The number of the preview's page, and the learner's own letter, as soon as it is known.
  let page = 0;
  let mine = "";
  const select = part("wire-client");

  const tell = (client) => {
    const { label, isMine, program } = client;
    client.words = `${label}${isMine ? " (you)" : ""}${program ? `, ${program}` : ""}`;
    client.option.textContent = client.words;
  };

  const meet = (label) => {
    const option = make("option", { value: label }, label);
    select.append(option);
    const client = {
      label,
      option,
      hue: hueOf(label),
      isMine: false,
      program: "",
      words: label,
    };
    known.set(label, client);
    if (label === mine) own(label);
    return client;
  };

  const learn = (client, headers) => {
    const value = (name) => headers.find(([each]) => each === name)?.[1] ?? "";
    const program = client.program || programOf(value("user-agent"));
    if (program === client.program) return;
    client.program = program;
    tell(client);
  };

  const own = (label) => {
    if (!HAS_LETTER.test(label)) return;
    mine = label;
    const client = known.get(label);
    if (!client || client.isMine) return;
    client.isMine = true;
    tell(client);
    onOwn(label);
  };

  return {
    see({ kind, entry, client: label, request_headers: headers }) {
      if (kind === "fault") return;
      const client = known.get(label) ?? meet(label);
      if (headers && HAS_LETTER.test(label)) learn(client, headers);
      if (headers && entry === page) own(label);
    },
    // The number of the preview's page, and who asked for it, where that is listed already.
    know(number, label) {
      page = number;
      own(label);
    },
    // As a badge in a row: its letter says who it is, and the hue once more.
    badge(label) {
      const { hue, isMine, words } = known.get(label) ?? { hue: 0, words: label };
      const badge = make(
        "b",
        { class: "who", "data-hue": hue, "data-mine": isMine, title: words },
        label,
      );
      if (isMine) badge.append(make("small", {}, " you"));
      return badge;
    },
    // Who had which letter says nothing any more.
    clear() {
      for (const { option } of known.values()) option.remove();
      known.clear();
      page = 0;
      mine = "";
    },
    words: (label) => known.get(label)?.words ?? label,
    // The same in short.
    nameOf: (label) => `${label}${known.get(label)?.isMine ? " (you)" : ""}`,
    all: () => [...known.values()],
  };
}

const programOf = (agent) => PROGRAMS.find(([pattern]) => pattern.test(agent))?.[1] ?? "";
