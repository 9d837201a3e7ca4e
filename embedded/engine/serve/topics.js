import { run } from "./host.js";
import { payload } from "./payload.js";

// `hxlab` keeps who hears what; this mirror is here so that the learner's calls can answer at once.

/** Sockets by topic. */
const topics = new Map();

export function subscribe(socket, topic) {
  if (!topics.has(topic)) topics.set(topic, new Set());
  topics.get(topic).add(socket);
}

export function unsubscribe(socket, topic) {
  const sockets = topics.get(topic);
  if (sockets?.delete(socket) && sockets.size === 0) topics.delete(topic);
}

export const subscriberCount = (topic) => topics.get(String(topic))?.size ?? 0;

/** Sends to all subscribers but one; the message's bytes, or 0 when nobody hears it. */
export function publish(topic, message, except) {
  const name = String(topic);
  const sockets = topics.get(name);
  const hearers = (sockets?.size ?? 0) - (except && sockets?.has(except) ? 1 : 0);
  const content = payload(message, "publish");
  return hearers > 0 ? run.publish(name, except?.id ?? null, content) : 0;
}
