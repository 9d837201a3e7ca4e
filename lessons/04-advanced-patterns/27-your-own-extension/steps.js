// What a learner does at each step: unlock the desk, and then something else.
const unlock = async ({ open }) => {
  const alice = await open("Alice");
  await alice.getByLabelText("Key").fill("kettle");
  await alice.getByRole("button", { name: "Unlock" }).click();
  return alice;
};

export default {
  define: unlock,
  async scope(story) {
    const alice = await unlock(story);
    await alice.getByRole("link", { name: "Tea" }).click();
  },
  async ignore(story) {
    const alice = await unlock(story);
    await alice.getByRole("button", { name: "Ask for a tip" }).click();
  },
  "no-key": unlock,
  async json(story) {
    const alice = await unlock(story);
    await alice.getByRole("button", { name: "Oolong: Sold out" }).click();
  },
};
