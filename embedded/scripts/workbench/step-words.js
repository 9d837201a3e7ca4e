// What a story asks for, in words for whoever watches; null for what nobody needs to be told.

import { wayTo } from "../story/locator.js";
import { listed, quoted } from "../story/words.js";

// `{Enter}` is how a story writes a key that has a name.
const keyWords = (keys) => keys.replace(/[{}]/g, "");

const DEEDS = {
  click: (to) => `clicks ${to}`,
  dblClick: (to) => `double-clicks ${to}`,
  hover: (to) => `points at ${to}`,
  type: (to, text) => `types ${quoted(text)} into ${to}`,
  fill: (to, text) => `fills ${to} with ${quoted(text)}`,
  clear: (to) => `empties ${to}`,
  press: (to, keys) => `presses ${keyWords(keys)} in ${to}`,
  select: (to, value) => `chooses ${quoted(`${value}`)} in ${to}`,
  focus: (to) => `goes to ${to}`,
  submit: (to) => `submits ${to}`,
  upload: (to, ...files) =>
    `chooses ${listed(files.map(({ name }) => quoted(name))) || "no file"} in ${to}`,
};

const CLIENT = {
  act: ([steps, deed, ...args]) => DEEDS[deed]?.(wayTo(steps), ...args),
  look: ([steps]) => `looks at ${wayTo(steps)}`,
  keys: ([keys]) => `presses ${keyWords(keys)}`,
  goto: ([path]) => `goes to ${path}`,
  back: () => "goes back",
  forward: () => "goes forward",
  reload: () => "loads the page again",
  request: ([path, { method = "GET" } = {}]) => `sends ${method} ${path} by a script`,
  open: ([url]) => `opens a WebSocket to ${new URL(url, location.href).pathname}`,
  send: ([, text]) => `sends ${quoted(text)} on the WebSocket`,
  attack: ([url, { method }]) => `sends a forged ${method} to ${new URL(url).pathname}`,
  address: () => "looks at the address",
  title: () => "looks at the title",
  text: () => "reads the page",
};

const SERVER = {
  stop: () => "The server is stopped",
  start: () => "The server is started again",
  cut: ({ client }) => (client ? `${client}'s connections are cut` : "All connections are cut"),
  delay: ({ milliseconds }) =>
    milliseconds
      ? `Answers come ${milliseconds / 1000} s late from now on`
      : "Answers come at once again",
};

const STEPS = {
  open: ([name, path]) => `${name} opens ${path}`,
  close: ([name]) => `${name} closes the window`,
  client([name, what, args]) {
    const words = CLIENT[what]?.(args);
    return words ? `${name} ${words}` : null;
  },
  server: ([deed]) => SERVER[deed.do]?.(deed),
  request: ([{ method = "GET", path }]) => `Somebody without a browser sends ${method} ${path}`,
  wire: () => "The check looks at the wire",
};

export const stepWords = (what, args) => STEPS[what]?.(args) ?? null;

// Whether it changes something, so that whoever watches needs a moment before it.
export const isDeed = (what, [, asked]) =>
  ["open", "close", "server", "request"].includes(what) ||
  (what === "client" &&
    ["act", "keys", "goto", "back", "forward", "reload", "attack"].includes(asked));
