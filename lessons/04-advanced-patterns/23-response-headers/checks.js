const button = (client, name) => client.getByRole("button", { name });
const oneMore = (client, title) => button(client, `One more: ${title}`);
const bought = (client, title) => button(client, `Bought: ${title}`);
const rows = (client) => client.locate("#items li");
const latest = (client) => client.locate("#latest li:first-child");
const toast = (client) => client.locate("#toast");
const problem = (client) => client.locate("#problem");

const add = async (client, title) => {
  await client.getByLabelText("What is missing").fill(title);
  await button(client, "Add").click();
};

export default [
  {
    id: "list-and-toast",
    expects:
      "Each +1 and each Bought brings “Asked for last” up to date, and names the item in #toast.",
    hint: "Give their answers the same two events that the answer to Add has.",
    seconds: 20,
    wire: [{ request: "*", path: "/items/*", client: "Alice", times: 5 }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      await oneMore(alice, "Filters").click();
      await expect(latest(alice)).toHaveText("Filters × 2");
      await expect(toast(alice)).toContainText("Filters");
      await oneMore(alice, "Candles").click();
      await expect(latest(alice)).toHaveText("Candles × 2");
      await expect(toast(alice)).toContainText("Candles");
      await oneMore(alice, "Filters").click();
      await expect(latest(alice)).toHaveText("Filters × 3");
      await expect(toast(alice)).toContainText("Filters");
      await bought(alice, "Candles").click();
      await expect(bought(alice, "Candles")).toBeGone();
      await expect(alice.locate("#latest")).not.toContainText("Candles");
      await expect(toast(alice)).toContainText("Candles");
      await bought(alice, "Filters").click();
      await expect(alice.locate("#latest")).not.toContainText("Filters");
      await expect(toast(alice)).toContainText("Filters");
      await expect(rows(alice)).toHaveCount(5);
    },
  },
  {
    id: "any-text",
    expects:
      "Titles such as “Crème brûlée”, “茶” and “<b>Tea</b>” stand in #toast as they were typed.",
    hint: "A header carries ASCII, so its JSON has to be escaped. And text is not markup: not here, not there.",
    seconds: 40,
    wire: [
      { request: "*", path: "/items", client: "Alice", times: 3 },
      { request: "*", path: "/items/*", client: "Alice", times: 6 },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const titles = ["Crème brûlée", "茶", "<b>Tea</b>"];
      for (const title of titles) {
        await add(alice, title);
        await expect(toast(alice)).toContainText(title);
        await expect(rows(alice).getByText(`${title} × 1`)).toBeVisible();
      }
      for (const title of titles) {
        await oneMore(alice, title).click();
        await expect(toast(alice)).toContainText(title);
        await expect(rows(alice).getByText(`${title} × 2`)).toBeVisible();
      }
      for (const title of titles) {
        await bought(alice, title).click();
        await expect(toast(alice)).toContainText(title);
        await expect(bought(alice, title)).toBeGone();
      }
    },
  },
  {
    id: "gone",
    expects:
      "When Alice presses +1 or Bought for what Bob has bought, her row goes away and #toast says so.",
    hint: "An answer of 404 is not swapped. What can the answer say instead, so that the row goes?",
    seconds: 25,
    wire: [
      { request: "DELETE", path: "/items/*", client: "Bob", times: 2 },
      { request: "*", path: "/items/*", client: "Alice", times: 3 },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const bob = await open("Bob");
      for (const title of ["Filters", "Honey"]) {
        await bought(bob, title).click();
        await expect(bought(bob, title)).toBeGone();
      }
      await oneMore(alice, "Filters").click();
      await expect(oneMore(alice, "Filters")).toBeGone();
      await expect(toast(alice)).toHaveText(/\S/, "a sentence");
      await oneMore(alice, "Candles").click();
      await expect(rows(alice).getByText("Candles × 2")).toBeVisible();
      await expect(toast(alice)).toContainText("Candles");
      await bought(alice, "Honey").click();
      await expect(bought(alice, "Honey")).toBeGone();
      await expect(toast(alice)).not.toContainText("Candles");
      await expect(toast(alice)).toHaveText(/\S/, "a sentence");
      await expect(rows(alice)).toHaveCount(5);
    },
  },
  {
    id: "twice",
    expects:
      "A title that is on the list already, in capitals or not, is refused by 422: #problem says why, and nothing else changes.",
    hint: "It is the same kind of answer as for a title without letters.",
    seconds: 40,
    wire: [{ request: "POST", path: "/items", client: "Alice", status: 422, times: 3 }],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const field = alice.getByLabelText("What is missing");
      await add(alice, "mILK");
      await expect(problem(alice)).toHaveText(/\S/, "a sentence");
      const sentence = await problem(alice).text();
      await expect(field).toHaveValue("mILK");
      await button(alice, "Add").click();
      await expect(problem(alice)).toHaveText(sentence.trim());
      await expect(rows(alice)).toHaveCount(7);
      await add(alice, "Lemons");
      await expect(rows(alice)).toHaveCount(8);
      await expect(problem(alice)).toHaveText("");
      await expect(field).toHaveValue("");
      await add(alice, "LEMONS");
      await expect(problem(alice)).toHaveText(/\S/, "a sentence");
      await expect(rows(alice)).toHaveCount(8);
      await expect(rows(alice).getByText("Lemons × 1")).toBeVisible();
    },
  },
  {
    id: "large-type",
    expects:
      "“Large type” puts the whole page into the class “large” at once, where the visitor is; “Normal type” takes it out.",
    hint: "The class is on <html>, where no swap reaches. One header has the browser load the page again.",
    seconds: 20,
    wire: [{ request: "*", path: "/size", client: "Alice", times: 2 }],
    async run({ open, expect }) {
      const alice = await open("Alice", "/catalogue/marbles");
      await button(alice, "Large type").click();
      await expect(alice.locate(".large #page")).toBeVisible();
      await expect(alice).toHaveAddress("/catalogue/marbles");
      await button(alice, "Normal type").click();
      await expect(button(alice, "Large type")).toBeVisible();
      await expect(alice.locate(".large")).toHaveCount(0);
      await expect(alice).toHaveAddress("/catalogue/marbles");
    },
  },
  {
    id: "no-load",
    expects:
      "Add, +1 and Bought load no page, and “Marbles” still opens in #page: a half-written message stays.",
    hint: "`HX-Redirect` and `HX-Refresh` load a whole page. `HX-Location` and events do not.",
    seconds: 25,
    wire: [
      { request: "*", path: "/items", client: "Alice", times: 2 },
      { request: "GET", path: "/catalogue/marbles", client: "Alice" },
    ],
    async run({ open, expect }) {
      const alice = await open("Alice");
      const message = alice.locate("#say [name=message]");
      await message.fill("Good mor");
      await oneMore(alice, "Filters").click();
      await expect(rows(alice).getByText("Filters × 2")).toBeVisible();
      await bought(alice, "Honey").click();
      await expect(bought(alice, "Honey")).toBeGone();
      await add(alice, "Lemons");
      await expect(rows(alice).getByText("Lemons × 1")).toBeVisible();
      await add(alice, "marbles");
      await expect(alice.locate("#page h2")).toHaveText("Marbles");
      await expect(alice).toHaveAddress("/catalogue/marbles");
      await expect(rows(alice)).toHaveCount(7);
      await expect(message).toHaveValue("Good mor");
      await alice.back();
      await expect(alice.locate("#page").getByRole("link", { name: "Mint tea" })).toBeVisible();
      await expect(message).toHaveValue("Good mor");
    },
  },
];
