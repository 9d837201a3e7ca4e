// The time of day as people read it, to the second. It needs no page.

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
// A page can say any time; beyond these a date has no words.
const LAST = 8.64e15;

export const dateOf = (at) => new Date(Math.min(LAST, Math.max(-LAST, Number(at) || 0)));
export const timeOf = (at) => clock.format(dateOf(at));
