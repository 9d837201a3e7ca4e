export default async function ({ get, socket }) {
  for (const path of ["/", "/route", "/method", "/throws", "/inner"]) await get(path);
  const ada = await socket("/", { who: "Ada" });
  await ada.hear();
  await ada.say("hi");
  ada.cut();
  for (const path of ["/reload", "/"]) await get(path);
}
