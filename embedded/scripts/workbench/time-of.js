// The time of day as people read it, to the second. It needs no page.

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export const timeOf = (at) => clock.format(at);
