// Faults that a formatter does not see. Globals are named by the place where a file runs.

const names = (list) => Object.fromEntries(list.split(/\s+/).map((name) => [name, "readonly"]));

const browser = names(
  `window document location history navigator localStorage sessionStorage console fetch EventSource
   WebSocket URL URLSearchParams FormData CustomEvent Event MutationObserver ResizeObserver
   IntersectionObserver requestAnimationFrame cancelAnimationFrame setTimeout clearTimeout setInterval
   clearInterval queueMicrotask matchMedia getComputedStyle CSS HTMLElement Element Node Option
   PopStateEvent HashChangeEvent AbortController structuredClone performance confirm parent self
   requestIdleCallback crypto addEventListener removeEventListener htmx TextEncoder customElements
   DOMParser XMLHttpRequest DocumentFragment HTMLInputElement HTMLFormElement KeyboardEvent`,
);
const node = names(
  `process console URL setTimeout clearTimeout setInterval clearInterval Buffer fetch AbortController
   structuredClone queueMicrotask WebSocket EventSource performance globalThis`,
);

const rules = {
  "no-undef": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "prefer-const": "error",
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-implied-eval": "error",
  "no-unreachable": "error",
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-self-compare": "error",
  "no-shadow": "error",
};

const javascript = (files, globals, extra = {}) => ({
  files,
  languageOptions: { ecmaVersion: 2024, sourceType: "module", globals },
  rules: { ...rules, ...extra },
});

export default [
  { ignores: ["**/node_modules/**"] },
  javascript(["embedded/scripts/**/*.js"], browser),
  javascript(["embedded/*.mjs", "tests/**/*.js"], { ...node, ...browser }),
  // The Web layer makes the globals itself, from what the engine gives it.
  javascript(["embedded/engine/**/*.js"], {}, { "no-undef": "off", "no-shadow": "off" }),
];
