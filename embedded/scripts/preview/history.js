// A private history: each entry that the page adds goes to our own stack, and the browser's entry is
// only ever replaced. So the preview's Back and Forward never touch the lesson's, and the browser's Back
// leaves the lesson in one step.

import { withoutTicket } from "./form.js";
import { openStack } from "./stack.js";

// `number` is the page's on the wire, which the workbench is told.
export function privateHistory(channel, number) {
  const stack = openStack();
  const native = { push: History.prototype.pushState, replace: History.prototype.replaceState };
  const thisDocument = Math.random().toString(36).slice(2);
  const entry = (state) => ({ url: location.href, state: plain(state), document: thisDocument });
  const setNative = (state, url) => native.replace.call(history, state, "", url);

  const report = () =>
    channel.tell("location", {
      url: location.href,
      entry: number,
      title: document.title,
      back: stack.canGo(-1),
      forward: stack.canGo(1),
    });

  const sameDocument = (steps) => {
    const before = location.href;
    stack.move(steps);
    const { url, state } = stack.here;
    setNative(state, url);
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    if (before !== url && before.split("#")[0] === url.split("#")[0]) {
      const change = { oldURL: before, newURL: url };
      window.dispatchEvent(new HashChangeEvent("hashchange", change));
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }
    report();
  };

  const go = (steps = 0) => {
    if (steps === 0) return location.reload();
    const goal = stack.at(steps);
    if (!goal) return undefined;
    if (goal.document === thisDocument) return void setTimeout(sameDocument, 0, steps);
    leaving({ steps }, goal.url);
    return location.replace(goal.url);
  };

  const pushState = (state, unused, url) => {
    setNative(state, url);
    stack.push(entry(state));
    report();
  };

  const replaceState = (state, unused, url) => {
    setNative(state, url);
    stack.replace(entry(state));
    report();
  };

  History.prototype.pushState = function (state, unused, url) {
    return pushState(state, unused, url);
  };
  History.prototype.replaceState = function (state, unused, url) {
    return replaceState(state, unused, url);
  };
  History.prototype.back = () => go(-1);
  History.prototype.forward = () => go(1);
  History.prototype.go = (steps) => go(Number(steps) || 0);
  Object.defineProperty(History.prototype, "length", {
    get: () => stack.length,
    configurable: true,
  });

  channel.on("back", () => go(-1));
  channel.on("forward", () => go(1));
  channel.on("reload", () => location.reload());
  channel.on("visit", ({ url }) => visit(url));
  channel.on("arrive", ({ url }) => url === location.href || visit(url));
  channel.on("forget", () => {
    stack.reset();
    report();
  });

  const visit = (url) => {
    const target = new URL(url, location.href);
    if (target.origin !== location.origin) return;
    if (target.href === location.href) return location.reload();
    leaving("push", target.href);
    location.replace(target.href);
  };

  // Finds out how this document came to be, from what the one before expected.
  const start = () => {
    const pending = stack.arrived();
    setNative(history.state, withoutTicket(location.href));
    if (pending?.steps) {
      stack.move(pending.steps);
      takeOver();
    } else if (stack.here?.url === location.href) {
      takeOver();
    } else if (pending === "replace" && stack.here) {
      stack.replace(entry(null));
    } else {
      stack.push(entry(null));
    }
    report();
    window.addEventListener("load", report);
    window.addEventListener("pageshow", (event) => event.persisted && report());
  };

  const takeOver = () => {
    const { state, document: before } = stack.here;
    stack.adopt(before, thisDocument);
    setNative(state, location.href);
    stack.replace(entry(state));
  };

  const leaving = (kind, url) => {
    stack.expect(kind);
    channel.tell("leaving", { url });
  };

  return {
    start,
    stack,
    leaving,
    // Our own ways replace the document as well, and have said before what they do to the list; a page that
    // puts another one in its own place has not.
    replacing: (url) => {
      if (!stack.isExpecting) leaving("replace", url);
    },
    // A navigation that leads nowhere: this document remains.
    stayed: () => {
      stack.arrived();
      report();
    },
    // A jump to `#…` in this document.
    jump: (url, jump, kind) => {
      jump(url);
      if (kind === "push") stack.push(entry(history.state));
      else stack.replace(entry(history.state));
      report();
    },
  };
}

// The state as it can be kept beyond this document; what JSON cannot carry is left out.
function plain(state) {
  try {
    return structuredClone(JSON.parse(JSON.stringify(state ?? null)));
  } catch {
    return null;
  }
}
