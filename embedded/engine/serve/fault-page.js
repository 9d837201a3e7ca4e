import { Bun, Response, run } from "./host.js";

/** The page for an error that nobody caught: what, and where in the learner's own files. */
export function faultPage(error) {
  const isError = told(() => error instanceof Error, false);
  const name = Bun.escapeHTML(isError ? told(() => String(error.name), "Error") : "Thrown");
  const message = Bun.escapeHTML(
    isError ? run.message(error) : told(() => String(error), typeof error),
  );
  const place = run.place(error);
  const where = place ? `<p>at <code>${Bun.escapeHTML(place)}</code></p>` : "";
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>500 ${name}</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 3rem auto; max-inline-size: 40rem; padding-inline: 1rem; }
  code { font-family: ui-monospace, monospace; }
</style>
<h1>${name}</h1>
<p>${message}</p>
${where}
`;
  const headers = { "Content-Type": "text/html;charset=utf-8" };
  return new Response(html, { status: 500, headers });
}

// What was thrown may throw when it is looked at.
function told(look, instead) {
  try {
    return look();
  } catch {
    return instead;
  }
}
