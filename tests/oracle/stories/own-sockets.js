const TRIES = `
  echo bytes buffers kept seen one bye cut terminate crossed unheard ended again forbidden refused early codes nonsense scheme fragment none double
  topics constants
`;

export default async function ({ get, socket }) {
  for (const name of TRIES.trim().split(/\s+/)) await get(`/try/${name}`);
  // A listener from outside hears what those within say.
  const ada = await socket("/ada", { who: "Ada" });
  const topics = get("/try/topics", { as: "with Ada" });
  for (let count = 0; count < 3; count += 1) await ada.hear();
  await topics;
  ada.close(1000);
  await ada.rest();
}
