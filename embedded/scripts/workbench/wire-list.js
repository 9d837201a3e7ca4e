// The list of the wire: each request, WebSocket frame and server-sent event, newest at the end. An entry that comes again
// is the later state of it; which entries share a row says `wire-groups.js`. What shows one in full, and what sends another,
// is loaded when it is asked for.

import { announce, part } from "./parts.js";
import { growingList } from "./growing-list.js";
import { inBlocks, rowsOf } from "./wire-blocks.js";
import { chooseRows } from "./wire-choice.js";
import { knowClients } from "./wire-clients.js";
import { filterWire } from "./wire-filter.js";
import { gather } from "./wire-groups.js";
import { followConnections } from "./wire-connections.js";
import { openNoise } from "./wire-noise.js";
import { pauseWire } from "./wire-pause.js";
import { emptyRow, fillRow } from "./wire-row.js";

const LIMIT = 5000;
// What all that is listed may take in memory, about.
const BYTES = 32 * 1024 * 1024;
// What the preview itself needs is no part of the learner's application.
const OURS = "/.hxlab/";

// `noise` are the lesson's patterns; `preview` knows where the sandbox is; `send` sends into it; `lasting` gives what is said
// below the list while it has nothing else to say.
export function openWire({ noise, preview, send, lasting }) {
  const list = part("wire-list");
  const isNoise = openNoise(noise);
  const groups = gather(isNoise);
  const clients = knowClients(redraw);
  const connections = followConnections();
  // What is to be shown once it is listed.
  let awaited = null;

  // Of a batch, each exchange is drawn once, in its last state.
  const toRows = (entries) => {
    const latest = new Map(entries.map((entry) => [entry.entry, entry]));
    const touched = new Set();
    for (const entry of latest.values()) {
      clients.see(entry);
      touched.add(groups.take(entry));
    }
    touched.delete(null);
    const fresh = [...touched].filter((group) => !group.row);
    for (const group of fresh) group.row = emptyRow(group);
    for (const group of touched) {
      fillRow(group, clients);
      filter.apply(group);
    }
    const { chosen } = choice;
    // What is folded is read as it was when it was chosen: it would move under the reader.
    if (touched.has(chosen?.group) && chosen.group.entries.length === 1) open(chosen.group);
    return fresh.map(({ row }) => row);
  };

  const rowsIn = inBlocks(LIMIT, {
    drop({ group }) {
      groups.drop(group);
      filter.forget([group]);
    },
    isHeavy: () => groups.bytes() > BYTES,
  });
  const growing = growingList(list, {
    toRows,
    rowsIn,
    onDrawn(dropped) {
      const words = `${dropped} older rows are no longer listed: the wire keeps ${LIMIT}, and 32 MiB.`;
      if (!pause.isOn()) part("wire-note").textContent = dropped ? words : lasting();
      filter.tell();
      if (awaited !== null && isListed(awaited)) goTo(awaited);
    },
  });
  const pause = pauseWire(growing.add, LIMIT, BYTES);
  const filter = filterWire(list, isNoise);

  const tools = openTools({
    clients,
    connections: connections.open,
    send,
    origin: () => preview.home && new URL(preview.home).origin,
    entries: () => rowsOf(list).flatMap(({ group }) => group.entries),
    close: () => choice.choose(null),
    show: growing.show,
    // Shows an entry that is listed, or will be soon.
    goTo(number) {
      pause.goOn();
      if (isListed(number)) goTo(number);
      else awaited = number;
    },
  });
  const open = (group, entry = group?.last) => tools.detail(group, entry);
  const choice = chooseRows(list, { onChosen: (row) => open(row?.group), show: growing.show });

  const isListed = (number) => groups.of(number) !== undefined;
  const goTo = (number) => {
    awaited = null;
    const group = groups.of(number);
    if (group.row.hidden) filter.reset();
    choice.choose(group.row);
    const entry = group.entries.find((each) => each.entry === number);
    if (entry && entry !== group.last) open(group, entry);
    list.focus();
  };

  const clear = () => {
    awaited = null;
    choice.clear();
    filter.forget(rowsOf(list).map(({ group }) => group));
    groups.clear();
    pause.clear();
    growing.clear();
  };

  function redraw(label) {
    for (const { group } of rowsOf(list)) if (group.counts.has(label)) fillRow(group, clients);
  }

  const begin = () => {
    connections.clear();
    clear();
  };

  const isOurs = ({ path }) => path?.startsWith(OURS);

  const hear = (entry) => {
    connections.hear(entry);
    if (!isOurs(entry)) pause.hear(entry);
  };

  part("wire-clear").addEventListener("click", clear);
  part("wire-compose").addEventListener("click", () => tools.compose());
  part("wire-noise").hidden = noise.length === 0;
  part("wire-noise").title = `Show what this lesson leaves out: ${noise.join(", ")}`;
  return {
    hear,
    // Who a client is, in words.
    words: clients.words,
    // All is told once more.
    begin,
    // The browser that asked for this is the learner's own.
    knowOwn(number, label) {
      clients.know(number, label || groups.of(number)?.entries[0].client);
    },
    // Another life of the sandbox: it numbers all anew, and gives the letters anew.
    renew() {
      begin();
      clients.clear();
    },
    // Lists these entries at the end and goes to the one of this number.
    show(entries, number) {
      pause.goOn();
      growing.draw();
      for (const { entry } of entries) {
        const group = groups.of(entry);
        if (!group) continue;
        growing.remove(group.row);
        filter.forget([group]);
        groups.forget(group);
      }
      for (const entry of entries) if (!isOurs(entry)) growing.add(entry);
      growing.draw();
      if (!isListed(number)) return announce("That exchange is not listed.");
      return goTo(number);
    },
  };
}

// The detail and the composer, which come in one piece with the first of them. Where it does not come, the next press asks
// for it again.
function openTools(given) {
  let loaded = null;
  let loading = null;
  let wanted = null;

  const load = async () => {
    try {
      loaded = await (loading ??= import("./wire-tools.js"));
    } catch {
      loading = null;
      announce("This could not be loaded. Press it again.");
    }
  };
  const tools = {
    async detail(group, entry) {
      wanted = { group, entry };
      if (!loaded && !group) return;
      if (!loaded) await load();
      if (!loaded || wanted.group !== group || wanted.entry !== entry) return;
      loaded.openDetail({ ...given, ...tools, group, entry });
      if (group) given.show(group.row);
    },
    async compose(model = null) {
      if (!loaded) await load();
      loaded?.openComposer({ ...given, model });
    },
  };
  return tools;
}
