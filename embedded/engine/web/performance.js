import { members } from "../missing.json";
import { absentMembers } from "./absent.js";
import { hidden, shown, tag } from "./define.js";
import { now } from "./host.js";
import { coded } from "./node-errors.js";
import { structuredClone } from "./structured-clone.js";

const MADE = Symbol("made by performance");

/** https://w3c.github.io/performance-timeline/#the-performanceentry-interface, with what a mark and a measure add. */
export class PerformanceEntry {
  #facts;

  constructor(made, facts) {
    if (made !== MADE) throw new TypeError("Illegal constructor");
    this.#facts = facts;
  }

  get name() {
    return this.#facts.name;
  }
  get entryType() {
    return this.#facts.entryType;
  }
  get startTime() {
    return this.#facts.startTime;
  }
  get duration() {
    return this.#facts.duration;
  }
  toJSON() {
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration };
  }
  [shown]() {
    return this.toJSON();
  }
}

class Detailed extends PerformanceEntry {
  #detail;

  constructor(made, facts, detail = null) {
    super(made, facts);
    this.#detail = detail === null ? null : structuredClone(detail);
  }

  get detail() {
    return this.#detail;
  }
  toJSON() {
    return { ...super.toJSON(), detail: this.detail };
  }
}

/** https://w3c.github.io/user-timing/#performancemark */
export class PerformanceMark extends Detailed {
  constructor(name, options) {
    if (arguments.length === 0) throw missing();
    const { startTime = now(), detail } = options ?? {};
    const at = Number(startTime);
    if (!(at >= 0)) throw new TypeError(`A mark cannot be made at ${startTime}`);
    super(MADE, { name: String(name), entryType: "mark", startTime: at, duration: 0 }, detail);
  }
}

/** https://w3c.github.io/user-timing/#performancemeasure */
export class PerformanceMeasure extends Detailed {}

/**
 * https://w3c.github.io/hr-time/ and https://w3c.github.io/user-timing/: counts from the Run's start, never from
 * the zygote's.
 */
export class Performance {
  #entries = [];
  onresourcetimingbufferfull = null;

  now() {
    return now();
  }
  get timeOrigin() {
    return Date.now() - now();
  }
  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }

  mark(name, options) {
    if (arguments.length === 0) throw missing();
    return this.#keep(new PerformanceMark(name, options));
  }
  measure(name, from, end) {
    if (arguments.length === 0) throw missing();
    const given = typeof from === "object" && from !== null ? from : { start: from, end };
    if (given === from) checkMeasure(given, end);
    const [startTime, endTime] = this.#span(given);
    const facts = { name: String(name), entryType: "measure" };
    const times = { startTime, duration: endTime - startTime };
    return this.#keep(new PerformanceMeasure(MADE, { ...facts, ...times }, given.detail));
  }

  getEntries() {
    return this.#entries.toSorted((a, b) => a.startTime - b.startTime);
  }
  getEntriesByType(type) {
    return this.getEntries().filter((entry) => entry.entryType === String(type));
  }
  getEntriesByName(name, type) {
    const named = this.getEntries().filter((entry) => entry.name === String(name));
    return type === undefined ? named : named.filter((entry) => entry.entryType === String(type));
  }
  clearMarks(name) {
    this.#clear("mark", name);
  }
  clearMeasures(name) {
    this.#clear("measure", name);
  }
  /** There are no such entries: nothing is fetched from elsewhere. */
  clearResourceTimings() {}
  setResourceTimingBufferSize() {}

  #keep(entry) {
    this.#entries.push(entry);
    return entry;
  }
  #clear(type, name) {
    const goes = (entry) =>
      entry.entryType === type && (name === undefined || entry.name === String(name));
    this.#entries = this.#entries.filter((entry) => !goes(entry));
  }

  /** Where a measure begins and ends. */
  #span({ start, end, duration }) {
    if (duration === undefined) {
      return [start === undefined ? 0 : this.#at(start), end === undefined ? now() : this.#at(end)];
    }
    if (start === undefined) return [this.#at(end) - Number(duration), this.#at(end)];
    return [this.#at(start), this.#at(start) + Number(duration)];
  }
  #at(mark) {
    if (typeof mark === "number") return mark;
    const isIt = (entry) => entry.entryType === "mark" && entry.name === String(mark);
    const found = this.#entries.findLast(isIt);
    if (!found) throw new SyntaxError(`No mark named '${mark}' exists`);
    return found.startTime;
  }
}

hidden(Performance.prototype, absentMembers("performance", members.performance));
tag(Performance, "Performance");
tag(PerformanceEntry, "PerformanceEntry");
tag(PerformanceMark, "PerformanceMark");
tag(PerformanceMeasure, "PerformanceMeasure");

export const performance = new Performance();

function checkMeasure({ start, end: until, duration, detail }, end) {
  const given = [start, until, duration].filter((it) => it !== undefined).length;
  const isTwice = end !== undefined && (given > 0 || detail !== undefined);
  if (isTwice || given === 3 || (duration !== undefined && given === 1)) {
    throw new TypeError("A measure has two of start, end and duration");
  }
}

const missing = () => coded(TypeError, "ERR_MISSING_ARGS", "Not enough arguments");
