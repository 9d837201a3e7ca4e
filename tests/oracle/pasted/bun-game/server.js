// Tic-tac-toe in rooms, with subprotocols and typed messages.
const games = new Map();
const lines = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
];
const winner = (board) =>
  lines
    .map(([a, b, c]) => board[a] && board[a] === board[b] && board[a] === board[c] && board[a])
    .find(Boolean);

Bun.serve({
  routes: {
    "/game/:room": (req, server) => {
      const { room } = req.params;
      const game = games.get(room) ?? { board: Array(9).fill(null), players: 0, turn: "X" };
      games.set(room, game);
      if (game.players >= 2) return new Response("The game is full", { status: 409 });
      const mark = "XO"[game.players];
      req.cookies.set("mark", mark);
      if (server.upgrade(req, { data: { room, mark } })) return;
      return new Response("Use a WebSocket", { status: 426 });
    },
  },
  fetch: () => new Response("No such game", { status: 404 }),
  websocket: {
    open(ws) {
      const game = games.get(ws.data.room);
      game.players += 1;
      ws.subscribe(ws.data.room);
      ws.send(JSON.stringify({ you: ws.data.mark }));
    },
    message(ws, text) {
      const { room, mark } = ws.data;
      const game = games.get(room);
      const { cell } = JSON.parse(text);
      if (game.turn !== mark || game.board[cell])
        return ws.send(JSON.stringify({ error: "not now" }));
      game.board[cell] = mark;
      game.turn = mark === "X" ? "O" : "X";
      const state = JSON.stringify({
        board: game.board,
        turn: game.turn,
        winner: winner(game.board) ?? null,
      });
      ws.publish(room, state);
      ws.send(state);
    },
    close(ws) {
      ws.publish(ws.data.room, JSON.stringify({ left: ws.data.mark }));
      games.delete(ws.data.room);
    },
    error(error, ws) {
      ws.send(JSON.stringify({ error: error.name }));
    },
  },
});
