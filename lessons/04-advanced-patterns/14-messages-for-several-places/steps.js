// What a learner does at each step: both pages write.
const write = async ({ open }) => {
  const alice = await open("Alice");
  const bob = await open("Bob");
  for (const client of [alice, bob]) {
    await client.locate("#say [name=message]").fill("Good morning");
    await client.locate("#say button").click();
  }
};

export default {
  status: write,
  "live-region": write,
  rows: write,
  "rows-first": write,
  json: write,
  extension: write,
  append: write,
};
