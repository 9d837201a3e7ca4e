// Who is on the wire: each browser has a letter and a hue, and the one of the preview is the learner's own. A check's
// clients have names.

import { make, part } from "./parts.js";

const HUES = 6;
const HAS_LETTER = /^[A-Z]\d*$/;
const PROGRAMS = [
  [/Firefox\//, "Firefox"],
  [/Edg\//, "Edge"],
  [/Chrom(e|ium)\//, "Chromium"],
  [/Safari\//, "Safari"],
  [/^curl\//, "curl"],
];

export function knowClients() {
  const known = new Map();
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
      hue: known.size % HUES,
      isMine: false,
      program: "",
      words: label,
    };
    known.set(label, client);
    return client;
  };

  const learn = (client, headers) => {
    const value = (name) => headers.find(([each]) => each === name)?.[1] ?? "";
    // Only the preview shows a sandbox in a frame, but for a check's clients.
    const isMine = client.isMine || value("sec-fetch-dest") === "iframe";
    const program = client.program || programOf(value("user-agent"));
    if (isMine === client.isMine && program === client.program) return;
    Object.assign(client, { isMine, program });
    tell(client);
  };

  return {
    see({ client: label, request_headers: headers }) {
      const client = known.get(label) ?? meet(label);
      if (headers && HAS_LETTER.test(label)) learn(client, headers);
    },
    // As a mark in a row: its letter says who it is, and the hue once more.
    mark(label) {
      const { hue, isMine, words } = known.get(label) ?? { hue: 0, words: label };
      const mark = make(
        "b",
        { class: "who", "data-hue": hue, "data-mine": isMine, title: words },
        label,
      );
      if (isMine) mark.append(make("small", {}, " you"));
      return mark;
    },
    words: (label) => known.get(label)?.words ?? label,
    all: () => [...known.values()],
  };
}

const programOf = (agent) => PROGRAMS.find(([pattern]) => pattern.test(agent))?.[1] ?? "";
