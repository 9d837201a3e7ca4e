const button = (client, name) => client.getByRole("button", { name });
const link = (client, name) => client.getByRole("link", { name });

const signIn = async (client) => {
  await client.goto("/sign-in");
  await client.getByPlaceholderText("Your name").fill("Ada");
  await button(client, "Sign in").click();
  await link(client, "Notes").click();
};

export default {
  unauthorized: async ({ open, server }) => {
    const alice = await open("Alice");
    await signIn(alice);
    await server.stop();
    await server.start();
    await alice.getByLabelText("A note").fill("Bread");
    await button(alice, "Keep").click();
  },
  "sign-off": async ({ open }) => {
    const alice = await open("Alice");
    const bob = await open("Bob");
    await signIn(alice);
    await signIn(bob);
    await button(alice, "Sign out everywhere").click();
  },
  back: async ({ open }) => {
    const alice = await open("Alice");
    await signIn(alice);
    await link(alice, "Catalogue").click();
    await button(alice, "Sign out").click();
    await alice.back();
    await alice.back();
  },
};
