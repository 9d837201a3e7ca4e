// The composer's dialog and its fields. `data-for` says which kinds of sending a field is for.

import { bench, make, part } from "./parts.js";
import { PLACES } from "./disguise.js";

const KINDS = [
  ["request", "A request"],
  ["handshake", "A handshake for a WebSocket"],
  ["frame", "A message on an open WebSocket"],
  ["event", "An event on an open stream"],
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

// The dialog with its fields, as the model has them; `clients` are those on the wire.
export function drawForm(model, clients) {
  const field = fieldsOf(model, clients);
  const fault = make("p", { class: "ask-fault", role: "alert" });
  const send = make("button", { class: "primary" }, "Send");
  const leave = make("button", { type: "button" }, "Cancel");
  const labelled = (words, input, kinds = null) =>
    make("label", { "data-for": kinds }, make("span", {}, words), input);
  const ofRequest = "request handshake";
  const form = make(
    "form",
    { method: "dialog", class: "composer", novalidate: true },
    make("h2", { id: "composer-title" }, "Send something"),
    model.lack ? make("p", {}, model.lack) : null,
    labelled("What", field.kind),
    labelled("Method", field.method, "request"),
    make(
      "datalist",
      { id: "composer-methods" },
      ...METHODS.map((value) => make("option", { value })),
    ),
    labelled("Path", field.path, ofRequest),
    labelled("Sent from", field.place, ofRequest),
    make("p", { class: "composer-note", "data-for": ofRequest, "data-composer-meaning": true }),
    labelled("With the cookies of", field.client, ofRequest),
    labelled("Headers, one a line", field.headers, ofRequest),
    make(
      "details",
      { "data-for": ofRequest },
      make("summary", {}, "Headers that a browser adds"),
      make("pre", { tabindex: 0, "data-composer-added": true }),
    ),
    labelled("Body", field.body, "request"),
    labelled("Connection", field.connection, "frame event"),
    labelled("Direction", field.to, "frame"),
    labelled("Event's name", field.name, "event"),
    labelled("Event's id", field.id, "event"),
    labelled("Text", field.text, "frame event"),
    fault,
    make("p", { class: "ask-buttons" }, send, leave),
  );
  const dialog = make("dialog", { class: "ask", "aria-labelledby": "composer-title" }, form);
  const before = document.activeElement;
  // Back to where it was opened, or to the list, where what was sent is gone to.
  dialog.addEventListener("close", () => {
    dialog.remove();
    const isBack = before.isConnected && !dialog.returnValue;
    (isBack ? before : part("wire-list")).focus();
  });
  leave.addEventListener("click", () => dialog.close());
  bench.append(dialog);
  dialog.showModal();
  return { dialog, field, fault, send };
}

function fieldsOf(model, clients) {
  const mine = clients.find(({ isMine }) => isMine)?.label;
  return {
    kind: choice(KINDS, model.kind),
    method: make("input", { list: "composer-methods", value: model.method }),
    path: make("input", { value: model.path, spellcheck: "false" }),
    place: choice(PLACES, "own"),
    client: choice(
      clients.map(({ label, words }) => [label, words]),
      model.client || mine,
    ),
    headers: area(model.headers, "Content-Type: application/x-www-form-urlencoded"),
    body: area(model.body, ""),
    connection: choice([], null),
    to: choice(
      [
        ["server", "To the server, as that browser sends it"],
        ["browser", "To the browser, as your server sends it"],
      ],
      model.to,
    ),
    name: make("input", { value: model.name, placeholder: "message" }),
    id: make("input", { value: model.id }),
    text: area(model.text, ""),
  };
}

function choice(pairs, chosen) {
  const options = pairs.map(([value, words]) =>
    make("option", { value, selected: value === chosen }, words),
  );
  return make("select", {}, ...options);
}

function area(text, placeholder) {
  const made = make("textarea", { rows: 4, spellcheck: "false", placeholder });
  made.value = text;
  return made;
}
