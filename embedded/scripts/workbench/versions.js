// The saved versions of one's code, in a dialog: by day, the newest first. One is chosen to be compared with what is in
// the editor, and to be restored from there.

import { openDialog } from "./ask.js";
import { announce, make, sentence } from "./parts.js";
import { sameFiles } from "./project.js";
import { VersionList } from "./version-list.js";
import { versionRow } from "./version-row.js";
import { dayInWords, timeInWords } from "./version-words.js";

const NONE =
  "No version is saved yet. What you type is saved by itself, and listed here from the first change on.";
const KEPT =
  "Every version of the last hour is kept, then the last one of each ten minutes of a day, of each hour of a week, and of each day. The newest one, what passed the challenge, the last good Run and what has a name stay.";
// The field of a name that is typed.
const NAME = ".version-acts input";

export async function showVersions(parts) {
  const { request, address, draft, running, feed } = parts;
  const versions = new VersionList(request, address);
  const box = make("div", { class: "version-days" });
  const note = make("p", { class: "soft", role: "status" });
  const older = make("button", { type: "button", hidden: true }, "Show older versions");
  const close = make("button", { value: "" }, "Close");
  const content = [note, box, make("p", { class: "soft" }, KEPT)];
  const { dialog, answer } = openDialog("Versions of your code", content, [older, close]);
  dialog.classList.add("versions");

  const compare = async (each) => {
    const {
      ok,
      status,
      answer: found,
    } = await request("GET", `${address}/versions/${each.version}`);
    if (!ok) {
      note.textContent = sentence(found.error);
      if (status === 404) versions.forget(each.version);
      return draw();
    }
    dialog.close();
    // Closed, it gives the focus back to where it was opened, which the comparison goes back to as well.
    await answer;
    return compareWith(parts, found);
  };

  // Gives a sentence where it is refused.
  const rename = async (each, name) => {
    const path = `${address}/versions/${each.version}/name`;
    const { ok, answer: named } = await request("POST", path, { name });
    if (!ok) return named.error;
    // While it was typed, the list may have been read anew.
    const known = versions.get(each.version);
    if (known) known.name = named.name;
    rowOf(box, each.version)?.remove();
    draw(`${each.version} ${named.name ? "Rename" : "Name"}`);
    announce(named.name ? `The version is called ${named.name}.` : "The version has no name now.");
    return null;
  };

  // Draws the list; the focus stays where it is, or goes to `focus`: a version's number and what its button does. A row
  // in which a name is typed stays the same element, and nothing is drawn while somebody types there.
  const draw = (focus = placeOf(document.activeElement)) => {
    if (focus === null && document.activeElement.matches(NAME)) return;
    const now = Date.now();
    const named = new Map(
      [...box.querySelectorAll(NAME)].map((field) => {
        const row = field.closest("[data-version]");
        return [Number(row.dataset.version), row];
      }),
    );
    const days = grouped(versions.all, ({ saved }) => dayInWords(saved, now));
    const row = (each) =>
      named.get(each.version) ??
      versionRow(each, {
        isHere: each.version === draft.version && !draft.dirty,
        isRunning: each.version === running.version(),
        ...{ now, compare, rename },
      });
    const sections = [...days].map(([day, all]) =>
      make("section", {}, make("h3", {}, day), make("ol", {}, ...all.map(row))),
    );
    box.replaceChildren(...sections);
    if (versions.all.length === 0 && !note.textContent) note.textContent = NONE;
    older.hidden = !versions.more;
    if (focus) focusOn(box, focus);
  };

  const renew = async () => {
    const refused = await versions.renew();
    if (!dialog.open) return;
    note.textContent = refused ? `The versions could not be read: ${sentence(refused)}` : "";
    draw();
  };

  older.addEventListener("click", async () => {
    const last = versions.all.at(-1)?.version;
    const refused = await versions.older();
    note.textContent = refused ? `No older ones could be read: ${sentence(refused)}` : "";
    // The first of those that came.
    const next = versions.all.find(({ version }) => version < last);
    draw(next ? `${next.version} Compare` : undefined);
  });

  const hearing = new AbortController();
  // Another tab's save is told here, and one's own.
  feed.addEventListener("saved", renew, { signal: hearing.signal });
  draft.addEventListener("state", () => draft.state === "saved" && renew(), {
    signal: hearing.signal,
  });
  note.textContent = "Reading the versions …";
  if (draft.dirty) await draft.save();
  await renew();
  // Close had the focus, and a list that is longer than the screen puts it out of sight.
  const [newest] = versions.all;
  if (newest && document.activeElement === close) draw(`${newest.version} Compare`);
  if (draft.dirty && dialog.open) {
    note.textContent = `What is in the editor is not saved yet. ${sentence(draft.sentence)}`;
  }
  await answer;
  hearing.abort();
}

function compareWith(parts, found) {
  const when = timeInWords(found.saved, Date.now());
  return parts.comparison.show({
    key: `version ${found.version}`,
    title: `Version saved ${when}`,
    other: "this version",
    files: found.files,
    all: { label: "Restore this version", act: () => restore(parts, found, when) },
  });
}

async function restore(parts, found, when) {
  const { project, aside, comparison } = parts;
  if (sameFiles(found.files, project.files)) return comparison.close();
  return aside.exchange(found.files, `The version saved ${when} is in the editor.`, "Undo restore");
}

// “7 Compare”: the version's number and what the button does.
function placeOf(element) {
  const number = element?.closest("[data-version]")?.dataset.version;
  return number && element.dataset.act ? `${number} ${element.dataset.act}` : null;
}

const rowOf = (box, number) => box.querySelector(`[data-version="${number}"]`);

function focusOn(box, place) {
  const [number, act] = place.split(" ");
  const row = rowOf(box, number);
  (row?.querySelector(`[data-act="${act}"]`) ?? box.querySelector("button"))?.focus();
}

function grouped(all, keyOf) {
  const groups = new Map();
  for (const each of all) {
    const key = keyOf(each);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(each);
  }
  return groups;
}
