// Runs in a sandbox of its own, beside a lesson's steps.js: answers with the names of its stories.
import * as written from "./steps.js";

const stories = written.default;
if (stories === null || typeof stories !== "object" || Array.isArray(stories)) {
  throw new TypeError("steps.js exports no stories: write “export default { … };”");
}

const told = Object.entries(stories).map(([step, run]) => ({
  step,
  is_story: typeof run === "function",
}));

export default { fetch: () => new Response(JSON.stringify(told)) };
