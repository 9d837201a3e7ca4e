// Faults that a formatter does not see. Globals are named by the place where a file runs.

import globals from "globals";

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

/** JSX is read; TypeScript is left to prettier, which reads it as well. */
const jsx = { ecmaFeatures: { jsx: true } };

const javascript = (files, known, extra = {}) => ({
  files,
  languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: known },
  rules: { ...rules, ...extra },
});

export default [
  { ignores: ["**/node_modules/**", "tests/fixtures/**"] },
  javascript(["embedded/scripts/**/*.js"], { ...globals.browser, htmx: "readonly" }),
  javascript(["embedded/**/*.mjs", "tests/**/*.{js,mjs}"], { ...globals.node, ...globals.browser }),
  javascript(["tests/figures/peers/bun.js"], { Bun: "readonly", console: "readonly" }),
  // The Web layer makes the globals itself, from what the engine gives it.
  javascript(
    ["embedded/engine/**/*.js"],
    { Bun: "readonly" },
    { "no-shadow": "off", "no-self-compare": "off" },
  ),
  // These run in Bun and in sandboxes; imports with a type came into the language after 2024.
  {
    files: [
      "embedded/engine/rehearsal/*.js",
      "embedded/export/*.js",
      "tests/oracle/pasted/*/*.js",
      "tests/oracle/projects/**/*.{js,jsx}",
      "tests/platform/server.js",
    ],
    languageOptions: {
      ecmaVersion: 2025,
      parserOptions: jsx,
      globals: { ...globals.node, ...globals.browser, Bun: "readonly", HTMLRewriter: "readonly" },
    },
    rules: { "no-shadow": "off" },
  },
  // Projects and checks: what of a project runs in Bun and what in pages, only the project knows. A starter is
  // a task half done, so not all of its parameters are used yet.
  {
    files: ["lessons/**/*.{js,jsx}"],
    languageOptions: {
      ecmaVersion: 2025,
      parserOptions: jsx,
      globals: { ...globals.browser, Bun: "readonly", htmx: "readonly" },
    },
    rules: { ...rules, "no-shadow": "off", "no-unused-vars": ["error", { args: "none" }] },
  },
  // Nor are all of its functions: a step, or the task, will use them.
  { files: ["lessons/**/starter/**/*.js"], rules: { "no-unused-vars": "off" } },
  // These functions run inside a context of their own, on the Web layer's globals.
  javascript(["tests/weblayer/**/*.mjs"], globals.node, {
    "no-undef": "off",
    "no-shadow": "off",
    "no-self-compare": "off",
  }),
];
