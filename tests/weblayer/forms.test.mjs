import assert from "node:assert/strict";
import { test } from "node:test";
import { webContext } from "./context.mjs";

const { run } = webContext();

/** Reads a form of a request in the context: entries, with files as [name, type, bytes]. */
const read = (type, body) =>
  run(
    async (type, body) => {
      const bytes = typeof body === "string" ? body : new Uint8Array(body);
      const request = new Request("http://h/", {
        method: "POST",
        headers: { "content-type": type },
        body: bytes,
      });
      try {
        const form = await request.formData();
        const entries = [];
        for (const [name, value] of form) {
          const file = value instanceof File && [
            value.name,
            value.type,
            [...(await value.bytes())],
          ];
          entries.push([name, file || value]);
        }
        return entries;
      } catch (error) {
        return [error.name, error.message];
      }
    },
    type,
    body,
  );

test("urlencoded, as htmx and browsers send it", async () => {
  assert.deepEqual(
    await read(
      "application/x-www-form-urlencoded; charset=UTF-8",
      "a=1+2&a=%C3%A9&empty=&q=%26%3D",
    ),
    [
      ["a", "1 2"],
      ["a", "é"],
      ["empty", ""],
      ["q", "&="],
    ],
  );
});

const part = (head, body = "x") => `--B\r\n${head}\r\n\r\n${body}\r\n`;

test("multipart: fields, files, quoted names", async () => {
  const body =
    part('Content-Disposition: form-data; name="a"', "line 1\r\nline 2") +
    part(
      'content-disposition: form-data; name="q%22%0D%0A"; filename="f%22.txt"\r\nContent-Type: text/css',
    ) +
    part('Content-Disposition: form-data; filename=""; name="none"\r\nContent-Type: x/y', "") +
    part("Content-Disposition: form-data; name=bare; filename=b.bin") +
    part('Content-Disposition: form-data; name="ü;=\\""', "") +
    "--B--\r\n";
  assert.deepEqual(await read("multipart/form-data; boundary=B", body), [
    ["a", "line 1\r\nline 2"],
    ['q"\r\n', ['f".txt', "text/css", [120]]],
    ["none", ["", "x/y", []]],
    ["bare", ["b.bin", "application/octet-stream", [120]]],
    ['ü;="', ""],
  ]);
});

test("multipart keeps every byte, and a boundary inside a line is none", async () => {
  const binary = [0, 255, 13, 10, 45, 45, 88, 13, 13, 10, 128, 13, 10, 45, 45];
  const head = 'preamble\r\n--XB\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n';
  const body = [...Buffer.from(head), ...binary, ...Buffer.from("\r\n--XB--")];
  assert.deepEqual(await read('multipart/form-data; charset=utf-8; boundary="XB"', body), [
    ["f", ["f", "application/octet-stream", binary]],
  ]);
});

test("an empty form, and forms that are broken", async () => {
  assert.deepEqual(await read("multipart/form-data; boundary=B", "--B--\r\n"), []);
  for (const body of [
    "",
    "x",
    "--B\r\n",
    part("X: y"),
    part('Content-Disposition: form-data; name="a"'),
  ]) {
    const [name, message] = await read("multipart/form-data; boundary=B", body);
    assert.equal(name, "TypeError");
    assert.match(message, /not valid multipart/);
  }
  assert.equal((await read("text/plain", "a=1"))[0], "TypeError");
  assert.equal((await read("multipart/form-data", "a=1"))[0], "TypeError");
});

test("a FormData as a body comes back the same", async () => {
  const seen = await run(async () => {
    const form = new FormData();
    form.append('n"a', "v\nw");
    form.append("f", new Blob([new Uint8Array([0, 13, 10])], { type: "x/y" }));
    form.append("f", new File(["z"], 'ü".txt'), "renamed.txt");
    form.set("one", 1);
    form.set("one", 2);
    const back = await new Response(form).formData();
    const file = back.get("f");
    return [
      back.get('n"a'),
      [file.name, file.type, [...(await file.bytes())]],
      back.getAll("f")[1].name,
      back.getAll("one"),
      back.has("zz"),
      [...back.keys()],
    ];
  });
  assert.deepEqual(seen, [
    "v\r\nw",
    ["blob", "x/y", [0, 13, 10]],
    "renamed.txt",
    ["2"],
    false,
    ['n"a', "f", "f", "one"],
  ]);
});

test("blobs and files", async () => {
  const seen = await run(async () => {
    const blob = new Blob(["ab", new Uint8Array([99]), new Blob(["d"])], { type: "Text/X" });
    const slice = blob.slice(1, -1, "a/b");
    const file = new File(["x"], "n.txt", { lastModified: 7 });
    return [
      [blob.size, blob.type, await blob.text()],
      [await slice.text(), slice.type],
      [
        file.name,
        file.lastModified,
        file instanceof Blob,
        await new Response(file.stream()).text(),
      ],
    ];
  });
  assert.deepEqual(seen, [
    [4, "text/x", "abcd"],
    ["bc", "a/b"],
    ["n.txt", 7, true, "x"],
  ]);
});
