const TRIES = `
  get path text url post empty params bytes blob stream json request form length login head body data json2 cookies
  route standing nothing missing binary found other kept manual error round streamed read broken twice late before
  midway many crowd none blank nonsense slash scheme port inline changed
`;

export default async function ({ get }) {
  for (const name of TRIES.trim().split(/\s+/)) await get(`/try/${name}`);
  for (const path of ["data", "stream", "missing", "nothing", "found"]) await get(`/proxy/${path}`);
}
