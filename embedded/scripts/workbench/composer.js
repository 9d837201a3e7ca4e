// The composer: sends a request, a message or an event that the learner writes, or one that crossed before and is changed. It
// goes into the learner's own sandbox; on a connection that is open it takes the place of one end.

import { announce, make, part, sentence } from "./parts.js";
import { drawForm } from "./composer-form.js";
import { bodyOf, EMPTY } from "./composer-model.js";
import { cookiesOf, disguise, MEANINGS } from "./disguise.js";

const NO_CONNECTION = {
  frame: "No WebSocket is open. Open a page that connects one in the preview.",
  event: "No stream of events is open. Open a page that listens to one in the preview.",
};

export function openComposer({ model: given, clients, connections, send, origin, entries, goTo }) {
  const model = given ?? EMPTY;
  const form = drawForm(model, clients.all());
  const { dialog, field, fault } = form;
  const crossed = entries();

  const headersOf = (kind) =>
    disguise({
      place: field.place.value,
      method: kind === "handshake" ? "GET" : field.method.value.trim().toUpperCase(),
      isHandshake: kind === "handshake",
      origin: origin(),
      cookies: cookiesOf(field.client.value, crossed),
    });

  const draw = () => {
    const kind = field.kind.value;
    for (const box of dialog.querySelectorAll("[data-for]"))
      box.hidden = !box.dataset.for.split(" ").includes(kind);
    const isRequest = kind === "request" || kind === "handshake";
    const lacks = isRequest ? null : connectionLack(kind, connections);
    fault.textContent = origin() ? (lacks ?? "") : "There is no server yet. Press Run first.";
    form.send.disabled = fault.textContent !== "";
    drawConnections(field.connection, kind, { connections, clients, chosen: model.connection });
    field.client.closest("label").hidden = field.place.value === "none" || !isRequest;
    part("composer-meaning").textContent = MEANINGS[field.place.value];
    part("composer-added").textContent = isRequest && origin() ? written(headersOf(kind)) : "";
  };

  const submit = async (event) => {
    event.preventDefault();
    form.send.disabled = true;
    fault.textContent = "";
    const sent = wordOf(field, headersOf, model);
    const { ok, answer } = sent.error ? { ok: false, answer: sent } : await send(sent);
    form.send.disabled = false;
    if (!ok) return (fault.textContent = sentence(answer.error));
    dialog.close(answer.entry ? "sent" : "");
    announce(told(answer));
    if (answer.entry) goTo(answer.entry);
    return undefined;
  };

  dialog.addEventListener("input", draw);
  dialog.querySelector("form").addEventListener("submit", submit);
  draw();
  field.kind.focus();
}

const told = ({ refused, status }) =>
  refused
    ? "The connection was refused."
    : status === null
      ? "Sent."
      : `Sent. The answer is ${status}.`;

// What the site is told, or { error } where the fields do not fit.
function wordOf(field, headersOf, model) {
  const kind = field.kind.value;
  const text = field.text.value;
  const connection = Number(field.connection.value);
  if (kind === "frame") return { frame: { socket: connection, to: field.to.value, text } };
  if (kind === "event") {
    const id = field.id.value || null;
    return { event: { stream: connection, name: field.name.value.trim(), data: text, id } };
  }
  const own = readHeaders(field.headers.value);
  if (own.error) return own;
  const isSaid = (name) => own.list.some(([each]) => each.toLowerCase() === name);
  // What the learner writes goes in front of what a browser would.
  const added = headersOf(kind).filter(([name]) => !isSaid(name));
  return {
    request: {
      method: kind === "handshake" ? "GET" : field.method.value.trim().toUpperCase(),
      path: field.path.value.trim(),
      headers: [...added, ...own.list],
      body: kind === "handshake" ? "" : bodyOf(field.body.value, model, own.list),
      handshake: kind === "handshake",
    },
  };
}

function readHeaders(text) {
  const list = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const at = line.indexOf(":");
    if (at < 1)
      return { error: `“${line.trim()}” is no header: write a name, a colon and a value` };
    list.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
  }
  return { list };
}

const written = (headers) => headers.map(([name, value]) => `${name}: ${value}`).join("\n");

const connectionLack = (kind, connections) =>
  connections(protocolOf(kind)).length > 0 ? null : NO_CONNECTION[kind];

const protocolOf = (kind) => (kind === "event" ? "sse" : "websocket");

function drawConnections(select, kind, { connections, clients, chosen }) {
  const before = select.value || `${chosen}`;
  const options = connections(protocolOf(kind)).map(({ number, path, client }) =>
    make("option", { value: number }, `${number}: ${path}, ${clients.words(client)}`),
  );
  select.replaceChildren(...options);
  if (options.some(({ value }) => value === before)) select.value = before;
}
