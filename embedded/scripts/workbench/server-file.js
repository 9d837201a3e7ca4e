// Whether a project may have a server. Which file is its server's decides the site (src/project/server.rs); here it is
// enough to know that no file can be, so each rule takes in what the site's takes, and more.

const USUAL = /^(server\.(js|ts|tsx|jsx|mjs|mts)|(src\/)?index\.tsx?)$/;
const SCRIPT = /\.(js|ts|tsx|jsx|mjs|mts)$/;
const READS = /serve\s*[(<]|\.fire\(|\.listen\(|export default/;

export function mayHaveServer(files) {
  const starts = typeof files["package.json"] === "string" ? files["package.json"] : "";
  return Object.entries(files).some(
    ([name, text]) =>
      SCRIPT.test(name) &&
      typeof text === "string" &&
      (USUAL.test(name) || READS.test(text) || starts.includes(name)),
  );
}
