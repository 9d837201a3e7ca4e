// Where a check is played: a frame for each client at an origin of its own, and what a story asks of
// them, of the server and of the wire.

import { openClock } from "../story/clock.js";
import { make } from "./parts.js";
import { isPicture } from "./picture.js";
import { openClient } from "./stage-client.js";
import { openWitness } from "./witness.js";

// Of a check's time, what one answer of a client's page may take.
const PART = 0.7;
const PICTURE_MS = 1000;
const MARK = "hxlab-client";
// What the site answers when it has no address left.
const NO_ROOM = 503;

// `facts` are of the project's texts: `cutsLines` that lines may be cut that have been silent for long, `returns` that its
// pages may come back by themselves.
export function openStage({ ask, seconds, facts, box, offset }) {
  const clients = new Map();
  const clock = openClock();
  const witness = openWitness({ clock, offset });
  const group = make("div", { class: "stage-check" });
  // Each client's origin.
  const origins = new Map();
  // Whether a client has got no port.
  let lacksPort = false;
  box.append(group);
  box.hidden = false;

  const hear = ({ source, origin, data }) => {
    if (data?.from !== MARK) return;
    const client = [...clients.values()].find((it) => it.frame.contentWindow === source);
    if (client?.origin === origin) client.hear(data);
  };
  window.addEventListener("message", hear);

  const post = async (path, body) => {
    const { ok, answer } = await ask(path, body);
    if (!ok) throw new Error(answer.error);
    return answer;
  };
  // Those that its text names have their addresses when it begins. Others are waited for, since checks that end give
  // theirs back.
  const originOf = async (name, patience) => {
    const began = clock.now();
    for (;;) {
      const { ok, status, answer } = await ask(`clients/${name.toLowerCase()}`, {});
      if (ok) return answer.address;
      lacksPort = status === NO_ROOM && clock.now() - began > patience;
      if (status !== NO_ROOM || lacksPort) throw new Error(answer.error);
      await new Promise((done) => clock.after(1000, done));
    }
  };
  const addressOf = (name, path) => new URL(path, origins.get(name)).href;

  return {
    // Has the server started: what `begin` answers.
    begin: (how, signal) => ask("begin", how, { signal }),
    // Whether a client could not be opened, because no port was free.
    lacksPort: () => lacksPort,
    // None of its clients is shown any more, so other checks can have their addresses.
    leave: () => ask("leave", {}),
    // Tells how it ended: what `end` answers, which has the last word.
    over: ({ passed, evidence }, { keeps }) =>
      ask("end", { passed, evidence: witness.evidence(evidence), keeps }),
    // Whoever is at the lesson's page may use the clients.
    handOver() {
      for (const client of clients.values()) client.handOver();
    },

    async open(name, path) {
      clients.get(name)?.close();
      const limit = seconds * 1000 * PART;
      if (!origins.has(name)) origins.set(name, await originOf(name, limit));
      const typeOf = () => witness.documentType(name);
      const url = addressOf(name, path);
      const client = openClient({ name, url, mark: MARK, clock, limit, typeOf });
      group.append(client.figure);
      clients.set(name, client);
      return client.ready;
    },
    close: (name) => clients.get(name).close(),
    client: (name, what, args) => clients.get(name).ask(what, args),
    // A picture of the page that a story's evidence is about; null where there is none, or none in time.
    async picture({ client, steps } = {}) {
      const open = clients.get(client);
      if (!open) return null;
      const late = new Promise((done) => clock.after(PICTURE_MS, () => done(null)));
      const picture = open.ask("picture", [steps]).catch(() => null);
      const taken = await Promise.race([picture, late]);
      return taken && isPicture(taken) ? { ...taken, client } : null;
    },
    address: addressOf,
    server: (deed) => post("server", deed),
    request: (asked) => post("request", asked),
    wire: (question) => post("wire", question),

    // Whether the server is at something; for how long nothing has crossed the wire and no page that was asked has
    // changed, in milliseconds; for how long only streams and what they change have; whether nothing can come by
    // itself, of a page or of the server; and whether nothing can either after lines were cut.
    quiet() {
      const all = [...clients.values()];
      const stirred = all.map((it) => it.stirred());
      const asking = all.map((it) => it.asking());
      const isDown = witness.isDown();
      const isStill = !facts.cutsLines && !witness.isDue() && all.every((it) => it.isStill());
      return {
        isAtWork: witness.isAtWork(),
        since: clock.now() - Math.max(witness.lastAt(), ...stirred),
        sinceDeed: clock.now() - Math.max(witness.lastDeedAt(), ...asking),
        isStill: isDown || isStill,
        isOver: isDown || (isStill && !facts.returns),
      };
    },
    hear: witness.hear,
    rows: witness.rows,
    rowOf: witness.rowOf,

    end() {
      clock.stop();
      window.removeEventListener("message", hear);
      for (const client of clients.values()) client.close();
      clients.clear();
      group.remove();
      box.hidden = !box.childElementCount;
    },
  };
}
