// Problems: what went wrong since the last good Run, in the server, in its page and in the code. This hears of them; the
// list that shows them is loaded with the first one.
//
// A problem is { key, from, whose, text, advice, frame, find, at, count, isOnce, isTold }: `key` says which are the same,
// `from` is server, page or code, `whose` page it was, `find` is what to look for in the code where there is no `frame`, `isOnce` that it is
// not counted, and `isTold` that a screen reader has heard of it elsewhere.

import { silentWords } from "./preview-state.js";

const ENDED = "ended";
const PUSHED = 200;

export function showProblems({ run, feed, pages, places }) {
  const list = openList(places);
  const { report } = list;

  watchRun(run, feed, list);
  watchPushed(pages, feed, report);
  feed.addEventListener("console", ({ detail: { fault, text, at } }) => {
    const frame = fault?.frames?.[0];
    if (fault) report({ key: keyOf(text, frame), from: "server", text, at, frame });
  });
  pages.addEventListener("problems", ({ detail: { entries, name } }) => {
    for (const problem of entries)
      report({ ...problem, key: keyIn(name, problem.key), ...pageOf(name) });
  });
  pages.addEventListener("silent", ({ detail: { name } }) => {
    const text = silentWords(name);
    report({ key: text, ...pageOf(name), text, isTold: true });
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
  // Whether what runs is the same as before the site was restarted.
  let isRenewed = false;

  run.addEventListener("status", ({ detail: { state, run: number, reason, fault, at } }) => {
    const key = `${state} ${number ?? ""}`;
    if (!number || key === told) return;
    told = key;
    if (state === "starting") forget(({ kind }) => kind === ENDED);
    if (state === "running" && number !== up) {
      // What wakes by itself runs the same code: its page still has what was found there.
      const isToldAgain = known !== null && number <= known;
      if (!isRenewed) forget(isAsleep || isToldAgain ? ofServer : () => true);
      isRenewed = false;
      if (number === known) known = null;
      up = number;
    }
    isAsleep = state === "asleep";
    if (state !== "failed" && state !== "crashed") return;
    report({ ...endOf(reason, fault), kind: ENDED, from: "server", at, isTold: true });
  });
  run.addEventListener("ran", () => (known = null));
  // All is told once more.
  feed.addEventListener("again", () => {
    told = "";
    known = up ?? known;
    up = null;
    forget(ofServer);
  });
  // Nothing is: what was found stays, until somebody presses Run.
  feed.addEventListener("renewed", () => {
    told = "";
    known = null;
    up = null;
    isRenewed = true;
  });
  run.addEventListener("asked", () => (isRenewed = false));
}

// An address that a page pushed, and that a load of it finds no page at.
function watchPushed(pages, feed, report) {
  const pushed = new Map();
  pages.addEventListener("pushed", ({ detail: { path, name } }) => {
    if (pushed.size < PUSHED) pushed.set(path, name);
  });
  feed.addEventListener("wire", async ({ detail: { kind, method, path, status, htmx } }) => {
    if (status !== 404 || kind !== "http" || method !== "GET" || !pushed.has(path)) return;
    if (htmx?.length && !htmx.some(([name]) => /history-restore/i.test(name))) return;
    const { mistake } = await import("../mistakes/sentences.js");
    const found = mistake({ rule: "pushed", path }, { find: path, isOnce: true });
    report({ ...found, ...pageOf(pushed.get(path)) });
  });
}

const pageOf = (name) => ({ from: "page", whose: name });
// The same in two pages is two problems.
const keyIn = (name, key) => (name ? `${name}: ${key}` : key);

const keyOf = (text, frame) => `${text} ${frame?.file ?? ""}:${frame?.line ?? ""}`;

// How a Run ended that did not want to: the limit in its words, or what was thrown.
function endOf(reason, fault) {
  const frame = fault?.frames?.[0] ?? null;
  const thrown = fault && `${fault.name}: ${fault.message}`;
  const text = reason?.limit || !thrown ? (reason?.sentence ?? "The server ended.") : thrown;
  return { key: keyOf(text, frame), text, frame };
}
