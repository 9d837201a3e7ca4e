export default async function ({ get }) {
  for (const name of ["facts", "navigator", "clock", "listeners", "ticks", "env", "written"])
    await get(`/${name}`);
}
