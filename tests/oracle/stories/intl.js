import { tables } from "../projects/intl/calls.js";

export default async function ({ get }) {
  for (const name of Object.keys(tables)) await get(`/${name}`);
}
