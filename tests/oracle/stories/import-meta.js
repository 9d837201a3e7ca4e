export default async function ({ get }) {
  for (const path of ["main", "argv", "other", "env", "resolve", "resolveSync", "none"]) {
    await get(`/${path}`);
  }
}
