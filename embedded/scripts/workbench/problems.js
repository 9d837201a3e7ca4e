// Problems: what went wrong since the last good Run, in the server, in its page and in the code. This hears of them; the
// list that shows them is loaded with the first one.
//
// A problem is { key, from, text, advice, frame, find, at, count, isOnce, isTold }: `key` says which are the same,
// `from` is server, page or code, `find` is what to look for in the code where there is no `frame`, `isOnce` that it is
// not counted, and `isTold` that a screen reader has heard of it elsewhere.

import { SILENT } from "./preview-state.js";

const ENDED = "ended";
const PUSHED = 200;

export function showProblems({ run, feed, preview, places }) {
  const list = openList(places);
  const { report } = list;

  watchRun(run, feed, list);
  watchPushed(preview, feed, report);
  feed.addEventListener("console", ({ detail: { fault, text, at } }) => {
    const frame = fault?.frames?.[0];
    if (fault) report({ key: keyOf(text, frame), from: "server", text, at, frame });
  });
  preview.addEventListener("problems", ({ detail }) => {
    for (const problem of detail.entries) report({ ...problem, from: "page" });
  });
  preview.addEventListener("silent", () => {
    report({ key: SILENT, from: "page", text: SILENT, isTold: true });
  });
  // What the code itself shows, once it is known to start.
  run.addEventListener("ran", async () => {
    const loaded = await import("./code-mistakes.js").catch(() => null);
    for (const found of loaded?.codeMistakes(places.project) ?? [])
      report({ ...found, from: "code" });
  });
}

function openList(places) {
  let list = null;
  let loading = null;
  // Where the list does not come, what waits for it is lost, and the next problem asks for it again.
  const load = async () => {
    try {
      const { openProblems } = await import("./problem-list.js");
      list = openProblems(places);
    } catch {
      loading = null;
    }
  };
  const ask = async (what) => {
    if (!list) await (loading ??= load());
    return list && what(list);
  };
  return {
    report: (problem) => ask((open) => open.add(problem)),
    forget: (isGone) => loading && ask((open) => open.forget(isGone)),
  };
}

// Of a Run we are told twice, by the answer to its start and by the feed. A good one begins the list anew.
function watchRun(run, feed, { report, forget }) {
  const ofServer = ({ from }) => from === "server";
  let told = "";
  let up = null;
  // The Run that was up before all is told once more, until that comes to it, or another one is begun.
  let known = null;
  let isAsleep = false;

  run.addEventListener("status", ({ detail: { state, run: number, reason, fault, at } }) => {
    const key = `${state} ${number ?? ""}`;
    if (!number || key === told) return;
    told = key;
    if (state === "starting") forget(({ kind }) => kind === ENDED);
    if (state === "running" && number !== up) {
      // What wakes by itself runs the same code: its page still has what was found there.
      const isToldAgain = known !== null && number <= known;
      forget(isAsleep || isToldAgain ? ofServer : () => true);
      if (number === known) known = null;
      up = number;
    }
    isAsleep = state === "asleep";
    if (state !== "failed" && state !== "crashed") return;
    report({ ...endOf(reason, fault), kind: ENDED, from: "server", at, isTold: true });
  });
  run.addEventListener("ran", () => (known = null));
  // All is told once more.
  feed.addEventListener("begin", () => {
    told = "";
    known = up ?? known;
    up = null;
    forget(ofServer);
  });
}

// An address that a page pushed, and that a load of it finds no page at.
function watchPushed(preview, feed, report) {
  const pushed = new Set();
  preview.addEventListener("pushed", ({ detail: { path } }) => {
    if (pushed.size < PUSHED) pushed.add(path);
  });
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
