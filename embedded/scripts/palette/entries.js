// What the palette finds: the commands of the page, which are its buttons with `data-command`; pages; and what the
// server lists of the course. An entry is { kind, title, run } or { kind, title, context, names, address }.

const PAGES = [
  ["The path: all lessons", "/"],
  ["Review: questions that are back", "/review"],
  ["Playground: projects of your own", "/play"],
  ["Search the lessons’ text", "/search"],
  ["What is kept about you", "/me"],
  ["What differs from Bun", "/bun"],
];

// Those that are there and can be used now, those of the page's own first. A part of a narrow screen that is out of sight still counts.
export function commands(document) {
  const size = matchMedia("(width >= 64rem)").matches ? "wide" : "narrow";
  const buttons = ["main", "header"].flatMap((place) => [
    ...document.querySelectorAll(`body > ${place} [data-command]`),
  ]);
  return buttons
    .filter(({ dataset }) => (dataset.commandOn ?? size) === size)
    .filter((button) => !button.disabled && !button.closest("[hidden]:not([role=tabpanel])"))
    .map((button) => ({
      kind: "Command",
      title: button.dataset.command,
      run: () => use(button),
    }));
}

// A tab is gone to as well; after any other command one goes on where one was.
function use(button) {
  const view = button.closest("[data-view-of]")?.dataset.viewOf;
  if (view)
    button.dispatchEvent(new CustomEvent("workbench:view", { bubbles: true, detail: view }));
  button.click();
  if (button.role === "tab") button.focus();
}

export const pages = () => PAGES.map(([title, address]) => ({ kind: "Page", title, address }));

// Throws where the server does not answer.
export async function course() {
  const response = await fetch("/palette.json");
  if (!response.ok) throw new Error(`the server answered with ${response.status}`);
  const { lessons, questions } = await response.json();
  return [
    ...lessons.map(({ number, title, summary, names, address }) => ({
      kind: `Lesson ${number}`,
      title,
      context: summary,
      names,
      address,
    })),
    ...lessons.flatMap(headings),
    ...questions.map((each) => question(each, lessons[each.lesson])),
  ];
}

const headings = ({ title, address, headings: all }) =>
  all.map(({ id, text, names }) => ({
    kind: `In “${title}”`,
    title: text,
    context: title,
    names,
    address: `${address}#${id}`,
  }));

const question = ({ id, number, prompt, due }, { title, address }) => ({
  kind: due ? `Question back for review, in “${title}”` : `Question to do, in “${title}”`,
  title: `Question ${number}: ${prompt}`,
  context: title,
  address: `${address}#question-${id}`,
});
