// What a story asks of a whole page: where it is, its history, its requests, its sockets, and an attack
// from it on another client's address.

const sockets = new Map();

// A step through the history that has led nowhere after so long leads nowhere.
const NOWHERE_MS = 2000;

// Where it leads to another document, that one answers.
const walk = (step) =>
  new Promise((done) => {
    window.addEventListener("popstate", () => done(), { once: true });
    setTimeout(done, NOWHERE_MS);
    step();
  });

export const pageActs = {
  address: () => location.pathname + location.search + location.hash,
  title: () => document.title,
  text: () => document.body.innerText,
  goto: (path) => void setTimeout(() => location.assign(path)),
  back: () => walk(() => history.back()),
  forward: () => walk(() => history.forward()),
  reload: () => void setTimeout(() => location.reload()),

  async request(path, init = {}) {
    const response = await fetch(path, init);
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, text: await response.text() };
  },

  // A form of this page's own origin, sent to another one, in a frame that nobody sees.
  attack(url, { method = "POST", fields = {}, type = "application/x-www-form-urlencoded" }) {
    const frame = document.createElement("iframe");
    frame.name = `attack-${Math.random()}`;
    frame.hidden = true;
    const form = document.createElement("form");
    Object.assign(form, { action: url, method, enctype: type, target: frame.name });
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("textarea");
      Object.assign(input, { name, value, hidden: true });
      form.append(input);
    }
    document.body.append(frame, form);
    form.submit();
    form.remove();
  },

  open(url) {
    const id = sockets.size + 1;
    const line = { socket: new WebSocket(url), heard: [], closed: null };
    sockets.set(id, line);
    line.socket.addEventListener("message", ({ data }) => line.heard.push(`${data}`));
    return new Promise((done) => {
      line.socket.addEventListener("open", () => done({ id, opened: true }));
      line.socket.addEventListener("close", ({ code }) => {
        line.closed = code;
        done({ id, opened: false });
      });
      // One that a content security policy forbids has no close.
      line.socket.addEventListener("error", () => done({ id, opened: false }));
    });
  },
  send: (id, text) => sockets.get(id).socket.send(text),
  heard: (id) => ({ messages: sockets.get(id).heard, closed: sockets.get(id).closed }),
  close: (id, code) => sockets.get(id).socket.close(code),
};
