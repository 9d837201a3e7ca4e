// A trial under way: its checks' sandboxes are followed in one line, and each check is played on a stage of its
// own, several at once.

import { holdFocus } from "./hold-focus.js";
import { openStage } from "./stage.js";

// Each check's entries get numbers of their own on the page's wire.
let plays = 0;

// By this the gateway may cut a line by itself.
const CUTS = /idleTimeout/;
// By this a page comes back by itself after its line was cut, sooner or later.
const RETURNS = /set(Timeout|Interval|Immediate)|sleep|timeout/i;

// `files` are what is tried.
export function openTrial({ id, files, box, request }) {
  const names = (what) => Object.values(files).some((text) => what.test(text));
  const facts = { cutsLines: names(CUTS), returns: names(RETURNS) };
  const stages = new Map();
  const letFocusGo = holdFocus(box);
  const live = new EventSource(`/trials/${id}/live`);
  for (const kind of ["wire", "console", "status", "timers", "work"]) {
    live.addEventListener(kind, ({ data }) => {
      const { check, record } = JSON.parse(data);
      stages.get(check)?.hear(kind, record);
    });
  }

  const post = (path, body, options) => request("POST", `/trials/${id}/${path}`, body, options);

  return {
    // The stage of a check that is to begin: what happens in its sandbox is heard from the beginning.
    stage({ id: check, seconds }) {
      const ask = (path, body, options) => post(`checks/${check}/${path}`, body, options);
      const stage = openStage({ ask, seconds, facts, box, offset: (plays += 1) * 1_000_000 });
      stages.set(check, stage);
      return stage;
    },
    leave: () => post("end", {}, { keepalive: true }),
    close() {
      live.close();
      letFocusGo();
    },
  };
}
