export default async function ({ get }) {
  for (const path of ["/", "/plain", "/default", "/lazy", "/meta", "/none"]) await get(path);
}
