import { now } from "./host.js";
import { tag } from "./define.js";

/** https://w3c.github.io/hr-time/: counts from the Run's start, never from the zygote's. */
class Performance {
  now() {
    return now();
  }
  get timeOrigin() {
    return Date.now() - now();
  }
  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}

tag(Performance, "Performance");

export const performance = new Performance();
