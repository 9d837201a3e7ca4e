const MADE = `
  file-stream file-stream-typed file-stream-as binary-stream slice-stream file-as-text file-as-own file-as-nothing
  file-as-script blob-stream blob-stream-plain blob-stream-picture blob-html blob-css blob-json blob-csv
  blob-form blob-bytes blob-empty named-file body-of-another
`;

export default async function ({ get }) {
  for (const path of ["/endings", "/own", "/standing"]) await get(path);
  for (const name of MADE.trim().split(/\s+/)) await get(`/made/${name}`);
}
