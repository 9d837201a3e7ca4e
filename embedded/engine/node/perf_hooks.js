// node:perf_hooks, of which the clock is here, with marks and measures.

export {
  performance,
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
} from "../internals.js";
