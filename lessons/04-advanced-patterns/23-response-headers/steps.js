const add = async (client, title) => {
  await client.getByLabelText("What is missing").fill(title);
  await client.getByRole("button", { name: "Add" }).click();
};

const adds =
  (title) =>
  async ({ open }) => {
    await add(await open("Alice"), title);
  };

export default {
  announce: adds("Lemons"),
  listen: adds("Lemons"),
  toast: adds("Crème brûlée"),
  "after-swap": adds("Lemons"),
  refuse: adds("  "),
  redirect: adds("Marbles"),
  location: adds("Marbles"),
};
