// Problems: what went wrong since the last good Run, in the server, in its page and in the code. This hears of them; the
// list that shows them is loaded with the first one.
//
// A problem is { key, from, text, advice, frame, find, at, count, isTold }: `key` says which are the same, `from` is
// server, page or code, `find` is what to look for in the code where there is no `frame`, and `isTold` that a screen
// reader has heard of it elsewhere.

const ENDED = "ended";

const PUSHED = 200;

export function showProblems({ run, feed, preview, places }) {
  let list = null;
  let loading = null;

  const ask = (what) => {
    if (list) return what(list);
    loading ??= import("./problem-list.js").then(({ openProblems }) => {
      list = openProblems(places);
    });
    return loading.then(() => what(list));
  };
  const report = (problem) => ask((open) => open.add(problem));
  const forget = (isGone) => loading && ask((open) => open.forget(isGone));

  // Of a Run we are told twice, by the answer to its start and by the feed.
  let told = "";
  let up = null;
  let isAsleep = false;
  run.addEventListener("status", ({ detail: { state, run: number, reason, fault, at } }) => {
    const key = `${state} ${number ?? ""}`;
    if (!number || key === told) return;
    told = key;
    if (state === "starting") forget(({ kind }) => kind === ENDED);
    if (state === "running" && number !== up) {
      // What wakes by itself runs the same code: its page still has what was found there.
      forget(isAsleep ? ({ from }) => from === "server" : () => true);
      up = number;
    }
    isAsleep = state === "asleep";
    if (state !== "failed" && state !== "crashed") return;
    report({ ...endOf(reason, fault), kind: ENDED, from: "server", at, isTold: true });
  });
  feed.addEventListener("console", ({ detail: { fault, text, at } }) => {
    if (fault)
      report({
        key: keyOf(text, fault.frames?.[0]),
        from: "server",
        text,
        at,
        frame: fault.frames?.[0],
      });
  });
  feed.addEventListener("begin", () => {
    told = "";
    up = null;
    forget(({ from }) => from === "server");
  });
  preview.addEventListener("problems", ({ detail }) => {
    for (const problem of detail.entries) report({ ...problem, from: "page" });
  });

  // What the code itself shows, once what runs is known to start.
  run.addEventListener("ran", async () => {
    const { codeMistakes } = await import("./code-mistakes.js");
    for (const found of codeMistakes(places.project)) report({ ...found, from: "code" });
  });
  const pushed = new Set();
  preview.addEventListener(
    "pushed",
    ({ detail: { path } }) => pushed.size < PUSHED && pushed.add(path),
  );
  feed.addEventListener("wire", async ({ detail: { kind, method, path, status, htmx } }) => {
    if (status !== 404 || kind !== "http" || method !== "GET" || !pushed.has(path)) return;
    if (htmx?.length && !htmx.some(([name]) => /history-restore/i.test(name))) return;
    const { mistake } = await import("../mistakes/sentences.js");
    report({ ...mistake({ rule: "pushed", path }, { find: path, isOnce: true }), from: "page" });
  });
}

const keyOf = (text, frame) => `${text} ${frame?.file ?? ""}:${frame?.line ?? ""}`;

// How a Run ended that did not want to: the limit in its words, or what was thrown.
function endOf(reason, fault) {
  const frame = fault?.frames?.[0] ?? null;
  const thrown = fault && `${fault.name}: ${fault.message}`;
  const text = reason?.limit || !thrown ? (reason?.sentence ?? "The server ended.") : thrown;
  return { key: keyOf(text, frame), text, frame };
}
