// What went wrong in the page without anyone catching it: throws, refused promises, files that did not
// load, and what the sandbox's rules blocked.

import { libraryFor } from "../mistakes/library.js";
import { mistake } from "../mistakes/sentences.js";
import { caller } from "./console.js";
import { show } from "./show.js";

const KINDS = { script: "script", style: "style sheet", img: "picture", font: "font" };

const isElsewhere = (url) =>
  URL.canParse(url, location.href) && new URL(url, location.href).origin !== location.origin;

/** What a promise was refused with: pages often refuse with the event of what failed (`socket.onerror = reject`). */
function words(reason) {
  if (reason instanceof Error) return String(reason);
  if (!(reason instanceof Event)) return show([reason]);
  const { type, target } = reason;
  const name = target instanceof Element ? `<${target.localName}>` : target?.constructor.name;
  const address = target?.src ?? target?.href ?? target?.url;
  return `the event “${type}”${name ? ` of ${name}` : ""}${address ? ` (${address})` : ""}`;
}

export function watchFaults(write, report, withSource) {
  const tell = (text, frame = null) => {
    write("error", text, frame);
    report({ text, frame: withSource(frame) });
  };
  const onError = (event) => {
    if (event instanceof ErrorEvent) {
      const { message, filename, lineno: line, colno: column } = event;
      const file = filename && new URL(filename, location.href).pathname.slice(1);
      tell(message, line ? { function: "", file, line, column } : null);
    } else if (event.target instanceof Element) {
      const { src, href } = event.target;
      const sentence = `<${event.target.localName}> could not load ${src ?? href}`;
      // What its policy refuses is told of by the policy.
      if (isElsewhere(src ?? href)) write("error", sentence);
      else tell(sentence);
    }
  };
  window.addEventListener("error", onError, true);

  window.addEventListener("unhandledrejection", ({ reason }) => {
    const frame = reason instanceof Error ? caller(reason.stack ?? "") : null;
    tell(`Uncaught in a promise: ${words(reason)}`, frame);
  });

  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.disposition !== "enforce") return undefined;
    const { blockedURI: url, effectiveDirective: directive } = event;
    // A page may have a policy of its own beside the sandbox's.
    if (!isElsewhere(url)) return tell(`Blocked: ${url} (${directive} of the page's policy)`);
    write("error", `Blocked: ${url} (a sandbox reaches only its own address)`);
    const kind = KINDS[directive.split("-")[0]] ?? "address";
    const broken = { rule: "elsewhere", kind, url, library: libraryFor(url) };
    return report(mistake(broken, { find: url, isOnce: true }));
  });
}
