// A chat with a bot, which is a client like everybody else, in the same program.
const server = Bun.serve({
  fetch(req, server) {
    const name = new URL(req.url).searchParams.get("name");
    if (server.upgrade(req, { data: { name } })) return;
    return new Response(`${server.subscriberCount("chat")} in the chat`);
  },
  websocket: {
    open(ws) {
      ws.subscribe("chat");
      ws.publish("chat", `${ws.data.name} is here`);
    },
    message(ws, text) {
      server.publish("chat", `${ws.data.name}: ${text}`);
    },
    close(ws) {
      server.publish("chat", `${ws.data.name} is gone`);
    },
  },
});

const bot = new WebSocket(new URL("/?name=bot", server.url.href.replace("http", "ws")));
bot.addEventListener("message", ({ data }) => {
  const [, who, text] = /^(\w+): (.*)$/.exec(data) ?? [];
  if (!text || who === "bot") return;
  if (text === "time?") bot.send("it is late");
  else if (text === "bye") bot.close(1000, "good night");
  else if (/^\d+\+\d+$/.test(text))
    bot.send(String(text.split("+").reduce((a, b) => Number(a) + Number(b), 0)));
});
bot.onclose = ({ code, reason }) => server.publish("chat", `the bot left: ${code} ${reason}`);
