// Which tea comes next? The votes come over a WebSocket of their own, and so does the count.
import { html } from "hono/html";

const teas = { assam: "Assam", darjeeling: "Darjeeling", matcha: "Matcha" };
const TOPIC = "votes";
const counts = { assam: 0, darjeeling: 0, matcha: 0 };
let server;

export function connectVotes(req, running) {
  server = running;
  if (server.upgrade(req, { data: { part: votes } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

const votes = {
  open(ws) {
    ws.subscribe(TOPIC);
    ws.send(standing());
  },
  message(ws, text) {
    const tea = teaIn(text);
    if (!Object.hasOwn(teas, tea)) return;
    counts[tea] += 1;
    server.publish(TOPIC, standing());
  },
  close() {},
};

function teaIn(text) {
  try {
    return Object(JSON.parse(text)).tea;
  } catch {
    return undefined;
  }
}

function standing() {
  const row = ([tea, name]) => html`<li>${name} <b>${counts[tea]}</b></li>`;
  return html`<ul id="standing">${Object.entries(teas).map(row)}</ul>`.toString();
}
