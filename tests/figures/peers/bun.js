// A project's default export in Bun, on a free port.

const { default: app } = await import(process.argv[2]);
const server = Bun.serve({ ...app, port: 0, hostname: "127.0.0.1" });
console.log(`listening on http://127.0.0.1:${server.port}/`);
