const button = (client, name) => client.getByRole("button", { name });
const input = (client) => client.locate("input[type=file]");
const caption = (client) => client.getByLabelText("Caption");
const shown = (client) => client.locate("#log img");

// Whole pictures, of one point each. What follows the end of one is no part of it.
const POINTS = {
  png: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  gif: "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  jpeg: "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP////////////////////////////////////////////////////////////////////////////////////8LAAsIAAEAAQEBEQD/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/EP/Z",
};

const picture = (name, kind, { size = 0, type = `image/${kind}` } = {}) => {
  const point = Uint8Array.from(atob(POINTS[kind]), (letter) => letter.charCodeAt(0));
  const rest = new Uint8Array(Math.max(0, size - point.length));
  return new File([point, rest], name, { type });
};

const letter = (name = "letter.txt") => new File(["Dear Bob"], name, { type: "text/plain" });
const MARKUP =
  "<!doctype html><title>No cat</title><script>document.title = 'Mine'</script><!-- GIF89a -->";

// Shows these with a caption, by the page's own form.
const show = async (client, words, ...files) => {
  await caption(client).fill(words);
  await input(client).upload(...files);
  await button(client, "Show").click();
};

// Waits until as many pictures are in the log, and gives their addresses.
const addresses = async (client, count, { expect }) => {
  await expect(shown(client)).toHaveCount(count);
  return (await shown(client).look()).map(({ attributes }) => attributes.src);
};

const typeOf = async (client, address) => (await client.request(address)).headers["content-type"];

// What a browser's form would send, made by hand.
const byHand = async (file) => {
  const form = new FormData();
  const fields = { room: "lobby", name: "Mallory", caption: "By hand", picture: file };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const request = new Response(form);
  const type = request.headers.get("Content-Type");
  const headers = { "Content-Type": type, "HX-Request": "true" };
  return { method: "POST", headers, body: await request.blob() };
};

const alices = { request: "POST", path: "/pictures", client: "Alice" };
const refused = (status) => ({ ...alices, status });
const untold = (words) => ({ frame: "sent", client: "Bob", contains: words, times: 0 });

export default [
  {
    id: "together",
    expects:
      "Pictures that Alice shows together appear once each, in her order, for everybody in her room and for whoever comes later.",
    hint: "The input takes `multiple`, `form.getAll` gives all of them, and the limit of a request is not that of a picture.",
    seconds: 40,
    wire: [
      { ...alices, times: 2 },
      { request: "GET", path: "/pictures/*", client: "Bob", status: 200, times: 3 },
    ],
    async run(story) {
      const { open, expect } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const carol = await open("Carol");
      await carol.getByLabelText("Games").click();
      const two = [
        picture("first.png", "png", { size: 600_000 }),
        picture("second.gif", "gif", { size: 500_000 }),
      ];
      await show(alice, "Two cats", ...two);
      const [first, second] = await addresses(bob, 2, story);
      const types = [await typeOf(bob, first), await typeOf(bob, second)];
      expect(types, "the types of the two pictures").toEqual(["image/png", "image/gif"]);
      await expect(bob.locate("#log").getByText(/Two cats/)).toBeVisible();
      await show(alice, "A third", picture("third.jpg", "jpeg"));
      await addresses(alice, 3, story);
      const [, , third] = await addresses(bob, 3, story);
      expect(await typeOf(bob, third), "the type of the third picture").toBe("image/jpeg");
      await expect(shown(carol)).toHaveCount(0);
      await carol.getByLabelText("Lobby").click();
      await addresses(carol, 3, story);
    },
  },
  {
    id: "all-or-none",
    expects:
      "Where one of several is too large, or no picture, none is shown, and the page names that file as it is called.",
    hint: "Look at all of them before you keep or tell any, and let `html` write the name.",
    seconds: 40,
    wire: [refused(422), refused(413), untold("Mixed"), untold("Heavy")],
    async run(story) {
      const { open, expect } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const first = picture("first.png", "png");
      const last = picture("last.gif", "gif");
      await show(alice, "Mixed", first, letter("Tom & <b>Ada</b>.txt"), last);
      await expect(alice.getByText(/Tom & <b>Ada<\/b>\.txt/)).toBeVisible();
      const heavy = picture("<i>heavy</i>.png", "png", { size: 1_100_000 });
      await show(alice, "Heavy", first, last, heavy);
      await expect(alice.getByText(/<i>heavy<\/i>\.png/)).toBeVisible();
      await show(alice, "Good", first);
      await expect(bob.locate("#log").getByText(/Good/)).toBeVisible();
      await addresses(bob, 1, story);
    },
  },
  {
    id: "limits",
    expects:
      "Four pictures are shown; five are refused with 422, and a request of more than 5 MB with 413, before it is read.",
    hint: "`Content-Length` is there before the body is.",
    seconds: 40,
    wire: [refused(422), refused(413), untold("Five")],
    async run(story) {
      const { open, wire, expect } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const four = [1, 2, 3, 4].map((number) => picture(`${number}.png`, "png", { size: 900_000 }));
      await show(alice, "Five", ...four, picture("5.png", "png"));
      await wire.find(refused(422));
      await show(alice, "Four", ...four);
      await addresses(bob, 4, story);
      // Whoever reads this finds no form in it.
      const headers = { "Content-Type": "multipart/form-data; boundary=none" };
      const body = "x".repeat(5_500_000);
      const { status } = await alice.request("/pictures", { method: "POST", headers, body });
      expect(status, "the status of a request of 5.5 MB").toBe(413);
    },
  },
  {
    id: "kept",
    expects:
      "After a refusal, caption and pictures are still in the form, each time; once they are shown, it is empty.",
    hint: "Swap the sentence and not the form. Does a refusal count as successful?",
    seconds: 50,
    wire: [
      { ...refused(422), times: 2 },
      { ...refused(413), times: 2 },
    ],
    async run(story) {
      const { open, expect, wire, waitFor } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const isRefused = (status, times) =>
        waitFor(async () => {
          const { length } = await wire.all(refused(status));
          expect(length, `the number of Alice's requests with ${status}`).toBe(times);
        });
      const holds = async (words, name) => {
        await expect(caption(alice)).toHaveValue(words);
        await expect(input(alice)).toHaveValue(new RegExp(`${name}$`), `“${name}”`);
      };
      const isEmpty = async () => {
        await expect(caption(alice)).toHaveValue("");
        await expect(input(alice)).toHaveValue("");
      };
      await input(alice).upload(picture("one.png", "png"), picture("two.gif", "gif"));
      await button(alice, "Show").click();
      await isRefused(422, 1);
      await holds("", "one.png");
      await caption(alice).fill("Two at last");
      await button(alice, "Show").click();
      await addresses(bob, 2, story);
      await isEmpty();

      await show(alice, "A letter", letter());
      await isRefused(422, 2);
      await holds("A letter", "letter.txt");
      await show(alice, "Too large", picture("large.png", "png", { size: 1_100_000 }));
      await isRefused(413, 1);
      await holds("Too large", "large.png");
      await show(alice, "Far too large", picture("huge.png", "png", { size: 5_500_000 }));
      await isRefused(413, 2);
      await holds("Far too large", "huge.png");
      await show(alice, "One", picture("one.png", "png"));
      await addresses(bob, 3, story);
      await isEmpty();
    },
  },
  {
    id: "inert",
    expects:
      "What a file is, its first bytes say and nobody else: each picture is served with the type that they tell, and `nosniff`.",
    hint: "Neither the name nor `type` of a file proves anything.",
    seconds: 40,
    wire: [
      { ...refused(422), times: 2 },
      {
        request: "GET",
        path: "/pictures/*",
        client: "Bob",
        status: 200,
        response: { "content-type": "image/gif", "x-content-type-options": "nosniff" },
      },
    ],
    async run(story) {
      const { open, expect } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const isPage = new File([MARKUP], "cat.png", { type: "image/png" });
      const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
      const isDrawing = new File([drawing], "cat.svg", { type: "image/svg+xml" });
      await show(alice, "A page", isPage);
      await show(alice, "A drawing", isDrawing);
      await expect(shown(bob)).toHaveCount(0);

      // A picture that is called a page, and has one behind its end.
      const both = new File([picture("", "gif"), MARKUP], "page.html", { type: "text/html" });
      await alice.request("/pictures", await byHand(both));
      const [address] = await addresses(bob, 1, story);
      const { headers } = await bob.request(address);
      expect(headers["content-type"], "the type that it is served with").toBe("image/gif");
      const sniffing = headers["x-content-type-options"];
      expect(sniffing, "X-Content-Type-Options of the picture").toBe("nosniff");
    },
  },
  {
    id: "progress",
    expects:
      "While pictures are under way a progress element can be seen, and is full once all is sent; else it cannot be seen.",
    hint: "htmx marks the form with `htmx-request` for as long as the request takes, however it ends.",
    seconds: 50,
    wire: [refused(422), { ...alices, times: 3 }],
    async run(story) {
      const { open, server, waitFor, expect } = story;
      const alice = await open("Alice");
      const bob = await open("Bob");
      const bar = alice.locate("progress");
      const fullness = async () => {
        const [it] = await bar.look();
        return it ? `${Math.round((100 * it.value) / Number(it.attributes.max ?? 1))} %` : "none";
      };
      const isSeenFull = async (words, file) => {
        await server.delay(2000);
        await show(alice, words, file);
        await expect(bar).toBeVisible();
        await waitFor(async () => expect(await fullness(), "how full the bar is").toBe("100 %"));
        await server.delay(0);
      };
      await expect(bar).toBeGone();
      await isSeenFull("One", picture("one.png", "png"));
      await addresses(bob, 1, story);
      await expect(bar).toBeGone();
      await isSeenFull("A letter", letter());
      await expect(bar).toBeGone();
      await isSeenFull("Two", picture("two.png", "png"));
      await addresses(bob, 2, story);
      await expect(bar).toBeGone();
    },
  },
];
