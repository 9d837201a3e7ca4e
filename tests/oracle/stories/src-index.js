export default async function ({ get }) {
  for (const path of [
    "/",
    "/goods/apple",
    "/static/css/site.css",
    "/static/css/",
    "/static",
    "/favicon.svg",
    "/public/favicon.svg",
    "/src/index.tsx",
    "/src/layout.tsx",
    "/none",
  ]) {
    await get(path);
  }
}
