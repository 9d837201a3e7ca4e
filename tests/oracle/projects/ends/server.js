// Every way in which a socket ends.
const events = [];
const note = (...event) => void events.push(event);

export default {
  routes: {
    "/events": () => {
      const taken = Response.json(events);
      events.length = 0;
      return taken;
    },
  },
  fetch(req, server) {
    const name = new URL(req.url).pathname.slice(1);
    if (server.upgrade(req, { data: { name } })) return;
    return new Response("no socket", { status: 426, headers: { Upgrade: "websocket" } });
  },
  websocket: {
    open(ws) {
      ws.subscribe("all");
      if (ws.data.name === "closed-at-once") ws.close(4000, "at once");
      if (ws.data.name === "cut-at-once") ws.terminate();
    },
    message(ws, message) {
      const [command, code, ...reason] = message.split(" ");
      if (command === "close") {
        note("closing", ws.readyState);
        if (code === undefined) ws.close();
        else ws.close(Number(code), ...(reason.length > 0 ? [reason.join(" ")] : []));
        note("closed", ws.readyState, ws.send("late"), ws.isSubscribed("all"));
        note("again", ws.close(), ws.publish("all", "x"), ws.ping(), ws.subscribe("b") ?? "u");
      } else if (command === "send-close") {
        ws.send("last words");
        ws.close(1000, "done");
        ws.send("too late");
      } else if (command === "terminate") {
        ws.terminate();
        note("terminated", ws.readyState);
      } else ws.send(message);
    },
    close(ws, code, reason) {
      note("close", ws.data.name, code, reason, ws.readyState, ws.isSubscribed("all"));
    },
  },
};
