// The swaps of htmx 4, which tells of each answer and message with all its parts, as tasks.

import { first, last } from "./events.js";
import { aimOfTask, isNothing } from "./htmx-4/aim.js";
import { rememberAnswers } from "./htmx-4/answers.js";
import { watchMessages } from "./htmx-4/messages.js";
import { isLost, lose, partsOf } from "./parts.js";
import { beginSwap } from "./swap.js";
import { delayOf } from "./why.js";

export function watchHtmx4(records, lines) {
  const swaps = new WeakMap();
  const messages = watchMessages(records, lines);
  const answers = rememberAnswers(records);
  // An answer or a message: what a line's element swaps while it hears one is that one's.
  const wholes = new WeakMap();
  const wholeOf = (ctx) => messages.of(ctx.sourceElement) ?? answers.of(ctx);

  const begin = ({ ctx, tasks = [] }) => {
    const whole = wholeOf(ctx);
    wholes.set(ctx, whole);
    whole.swaps = [];
    // htmx makes no task of these.
    for (const { selector } of partsOf(ctx.text).filter(isLost)) lose(records, whole, selector);
    for (const task of tasks) beginTask(ctx, whole, task);
    if (!whole.isSwapped && whole.isLost) whole.none = "place";
  };

  const beginTask = (ctx, whole, task) => {
    const aim = aimOfTask(ctx, whole, task);
    if (isNothing(aim, ctx)) return;
    whole.isLost ||= !aim.target && task.type === "main";
    if (!(aim.target instanceof Element)) return;
    const swap = beginSwap(records, whole, { ...aim, isFull: records.hasRoom() });
    swap.whole = whole;
    swaps.set(task, swap);
    whole.swaps.push(swap);
    whole.isSwapped = true;
    // The same delay, begun earlier, ends earlier.
    const delay = delayOf(`swap:${task.swapSpec?.swap ?? ""}`);
    if (delay) setTimeout(swap.retake, delay);
  };

  last("htmx:before:swap", (detail, event) => {
    if (!detail.ctx) return;
    if (event.defaultPrevented) wholeOf(detail.ctx).none = "listener";
    else begin(detail);
  });
  // The parts of an answer follow at once: each is looked at before the next one.
  first("htmx:before:settle", ({ task }) => {
    const swap = swaps.get(task);
    if (!swap) return;
    swap.done();
    const others = swap.whole.swaps.filter((each) => !each.isDone);
    if (others.length > 0) swap.finish();
    for (const each of others) each.retake();
  });
  first("htmx:after:settle", ({ task }) => swaps.get(task)?.finish());
  first("htmx:finally:swap", ({ ctx }) => {
    for (const swap of wholes.get(ctx)?.swaps ?? []) swap.finish();
  });
}
