const button = (client, name) => client.getByRole("button", { name });

export default {
  async "two-names"({ open, pause }) {
    const alice = await open("Alice");
    await button(alice, "Start a build").click();
    await pause(4000);
  },
  async signal({ open, pause }) {
    const alice = await open("Alice");
    await button(alice, "Unload a delivery").click();
    await pause(2000);
  },
  async done({ open, pause }) {
    const alice = await open("Alice");
    await button(alice, "Start a build").click();
    await pause(4000);
  },
  async "one-stream"({ open, pause }) {
    await open("Alice");
    await pause(5000);
  },
};
