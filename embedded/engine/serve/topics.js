import { run, SafeMap, SafeSet } from "./host.js";
import { payload, TAKEN, WAITS } from "./payload.js";
import { ownConnections, wireOf } from "./wire.js";

/** The key of a socket’s number; a name would be in the way of what the learner keeps there, such as `ws.id`. */
export const NUMBER = Symbol("number");

// `hxlab` keeps who hears what; this mirror is here so that the learner's calls can answer at once.

/** Sockets by topic: the topics of a socket are found by looking through all, of which there are few (`topics`, src/limits.rs). */
const topics = new SafeMap();

export function subscribe(socket, topic) {
  if (!topics.has(topic)) topics.set(topic, new SafeSet());
  topics.get(topic).add(socket);
}

/** Whether it did listen. */
export function unsubscribe(socket, topic) {
  const sockets = topics.get(topic);
  const left = sockets?.delete(socket) ?? false;
  if (left && sockets.size === 0) topics.delete(topic);
  return left;
}

export const listens = (socket, topic) => topics.get(topic)?.has(socket) ?? false;

/** The topics of a socket. */
export const topicsOf = (socket) => [...topics.keys()].filter((topic) => listens(socket, topic));

export function leaveAll(socket) {
  for (const topic of topicsOf(socket)) unsubscribe(socket, topic);
}

export const subscriberCount = (topic) => topics.get(String(topic))?.size ?? 0;

/** Sends to all subscribers but one; the message's bytes, −1 when it is so long that it has to wait, or 0 when nobody hears it. */
export function publish(topic, message, except) {
  const name = String(topic);
  const sockets = topics.get(name);
  const hearers = (sockets?.size ?? 0) - (except && sockets?.has(except) ? 1 : 0);
  const content = payload(message, "publish");
  if (hearers === 0) return 0;
  if (ownConnections.size > 0) return publishToOwn(sockets, hearers, name, content, except);
  const bytes = run.publish(name, except?.[NUMBER] ?? null, content);
  return bytes <= TAKEN ? bytes : WAITS;
}

/** The same where the server may listen to itself: `hxlab` tells those outside only. */
function publishToOwn(sockets, hearers, topic, content, except) {
  const own = [...sockets].filter((socket) => socket[NUMBER] < 0 && socket !== except);
  const sent = own.map(({ [NUMBER]: id }) => wireOf(id).send(id, content));
  if (own.length === hearers) return sent[0];
  return run.publish(topic, except && except[NUMBER] > 0 ? except[NUMBER] : null, content);
}
