// One request to the site. It gives { ok, status, answer }; a refusal's `answer.error` is a sentence for
// the learner, also when the site could not be reached (status 0).

import { identity, noteIdentity } from "../site/identity.js";

export async function request(method, address, body, options = {}) {
  const headers = { Accept: "application/json", ...identity() };
  if (body) headers["Content-Type"] = "application/json";
  try {
    const sent = { method, headers, body: body && JSON.stringify(body), ...options };
    const response = await fetch(address, sent);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok)
      answer.error ??= `the site answered ${response.status}: try again in a moment`;
    if (response.ok && method !== "GET") noteIdentity();
    return { ok: response.ok, status: response.status, answer };
  } catch {
    return { ok: false, status: 0, answer: { error: "the site cannot be reached" } };
  }
}
