export default async function ({ get, ask }) {
  for (const path of ["sources", "places", "life", "methods", "writer", "page"])
    await get(`/${path}`);
  for (const path of ["page.html", "notes.txt", "replace", "notes.txt"]) await get(`/${path}`);
  const type = "multipart/form-data; boundary=x";
  const head = 'Content-Disposition: form-data; name="file"; filename="a.txt"';
  const body = `--x\r\n${head}\r\nContent-Type: text/plain\r\n\r\nuploaded\r\n--x--\r\n`;
  await ask("POST", "/upload", { headers: { "content-type": type }, body });
  await get("/upload-a.txt");
}
