// What a visitor without any account can do to end the site, by name: each attack is given one of many attackers, with
// the address that they come from and their number, and goes on until its process is ended.

import { bodies, downloads, drafts, feeds, runs } from "./memory.js";
import { practice, words } from "./answers.js";
import { questions } from "./checks.js";
import { streams } from "./streams.js";

export const attacks = {
  downloads,
  feeds,
  bodies,
  drafts,
  runs,
  questions,
  practice,
  words,
  streams,
};

export const ATTACKS = Object.keys(attacks);
