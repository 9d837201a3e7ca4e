// Opens the workbench: makes its parts from the state in the page and lets them hear each other.

import { showAddress } from "./address.js";
import { offerCopy } from "./address-copy.js";
import { offerFiles } from "./add-files.js";
import { openAside } from "./aside.js";
import { keepChanges } from "./changes.js";
import { offerChecks } from "./checks.js";
import { offerComparison } from "./comparison.js";
import { showConsole } from "./console.js";
import { Draft } from "./draft.js";
import { showDraft } from "./draft-state.js";
import { watchEntries } from "./entries.js";
import { showFailure } from "./failure.js";
import { showFaults } from "./faults.js";
import { showFiles } from "./files.js";
import { offerFaults } from "./injected.js";
import { openKeep } from "./keep.js";
import { watchGone } from "./gone.js";
import { lateEditor } from "./late-editor.js";
import { whenLoaded } from "./lazy.js";
import { listen } from "./live.js";
import { dismiss, notice } from "./notice.js";
import { gatherPages } from "./pages.js";
import { bench, part } from "./parts.js";
import { whenPlaced } from "./placed.js";
import { openPreview } from "./preview.js";
import { showPreview } from "./preview-state.js";
import { showProblems } from "./problems.js";
import { Project } from "./project.js";
import { reloadRefused } from "./refused.js";
import { request } from "./request.js";
import { restore } from "./restore.js";
import { chooseTab, rove } from "./rove.js";
import { controlRun } from "./run.js";
import { moveSeparators } from "./separators.js";
import { saveFirst } from "./save-first.js";
import { offerSecond } from "./second.js";
import { onShortcuts } from "./shortcuts.js";
import { offerSolution } from "./solution.js";
import { offerSteps } from "./steps.js";
import { openUnanswered } from "./unanswered.js";
import { showView } from "./views.js";
import { showStale } from "./stale.js";
import { offerWhole } from "./whole.js";
import { showWire } from "./wire.js";

// `loadEditor` resolves to the module of the editor, when there is one.
export function openBench(loadEditor) {
  const state = JSON.parse(document.getElementById("workbench-state").textContent);
  const { work, address, htmx, version, saved, files: start, open, noise, sandbox } = state;

  const keep = openKeep(work);
  const project = new Project(start, open);
  const draft = new Draft({ address, version, saved, project, keep });
  showDraft(draft);

  const feed = listen(`${address}/live`, sandbox !== null);
  const run = controlRun({ draft, feed, address, request });
  const leave = () => part("editor-exit").focus();
  const editor = lateEditor(async () => {
    const { createEditor } = await loadEditor();
    return createEditor(part("editor"), { project, htmx, leave });
  });
  const goTo = (file, line, column) => {
    showView("code");
    files.show(file);
    editor.goTo(line, column);
  };
  let comparison = null;
  const files = showFiles({ project, editor, onShow: () => comparison?.draw() });
  comparison = offerComparison({ project, editor, files });
  const aside = openAside({ work, project, draft, comparison });
  offerSolution({ request, address, comparison });
  offerFiles({ project, files });
  saveFirst(draft);
  watchGone({ address, project, draft, feed, htmx });
  showFaults({ run, feed, editor });
  const running = showStale({ run, project, draft, work });
  showFailure({ run, project, files, editor });

  const known = sandbox?.url ?? null;
  const preview = openPreview(known, openUnanswered(work));
  let faults = null;
  const pages = gatherPages({ areRefused: () => faults.secondsLeft() > 0 });
  pages.add(preview);
  whenPlaced({
    work,
    draft,
    known,
    then(url) {
      preview.moveTo(url);
      feed.start();
    },
  });
  watchEntries(preview);
  offerCopy({ preview, ...showAddress(preview) });
  offerSecond({
    work,
    preview,
    pages,
    run,
    ask: (path, body, options) => request("POST", `${address}/${path}`, body, options),
  });
  showPreview({ preview, pages, run });
  const places = { project, goTo };
  showConsole({ feed, pages, run, places });
  showProblems({ feed, pages, run, places });
  keepChanges({ feed, pages, places });
  const wire = showWire({
    feed,
    noise,
    preview,
    send: (what) => request("POST", `${address}/send`, what),
  });
  faults = offerFaults({
    feed,
    preview,
    run,
    words: wire.words,
    request: (method, deed) => request(method, `${address}/faults`, deed),
  });
  reloadRefused({ feed, pages, run, faults });
  const drawer = bench.querySelector(".drawer [role=tablist]");
  offerChecks({
    draft,
    request,
    showWire(rows, number) {
      showView("wire");
      chooseTab(drawer, drawer.querySelector("[role=tab]"));
      wire.show(rows, number);
    },
  });

  offerSteps({ feed, address, project, show: (place) => showPlace({ files, editor }, place) });
  offerVersions({ request, address, project, draft, aside, comparison, running, feed });

  rove(drawer, (tab) => chooseTab(drawer, tab));
  moveSeparators();
  offerWhole();
  part("layout-settings").addEventListener("click", () =>
    whenLoaded(
      () => import("./layout-settings.js"),
      ({ openLayoutSettings }) => openLayoutSettings(),
    ),
  );
  onShortcuts(run.start);

  watchOthers({ draft, project, aside, feed });
  const left = restore({ keep, version, files: start });
  if (left) {
    draft.version = left.version;
    project.replaceAll(left.files);
  }
  bench.dataset.ready = "";
}

// Shows lines that were put in. Whoever has lost the button with the part that shows it goes on at the file.
function showPlace({ files, editor }, { file, line, count }) {
  showView("code");
  files.show(file);
  editor.showPut(line, count);
  // The browser takes the focus away later.
  const isLost =
    !document.activeElement.checkVisibility() || document.activeElement === document.body;
  if (isLost) part("files").querySelector("[aria-selected=true]")?.focus();
}

const NEWER = "This project was saved elsewhere, in a newer version.";

const goingBack = () => import("./going-back.js");

function offerVersions(parts) {
  const onPress = (name, act) =>
    part(name).addEventListener("click", () => whenLoaded(goingBack, act));
  onPress("reset", ({ reset }) => reset(parts));
  onPress("versions", ({ showVersions }) => showVersions(parts));
}

// Another tab of the same work: its newer version is offered, and never put over what is typed here.
function watchOthers({ draft, project, aside, feed }) {
  let theirs = null;
  const settle = () =>
    whenLoaded(goingBack, (them) => them.settleConflict({ draft, project, aside, theirs }));

  draft.addEventListener("conflict", ({ detail }) => {
    theirs = detail;
    settle();
  });
  part("draft-settle").addEventListener("click", settle);

  const take = async () => {
    const newer = await draft.newer();
    if (!newer) return;
    aside.replace(newer.files, "The newer version is here now.", "Bring mine back");
    draft.adopt(newer.version, newer.saved);
  };
  // Our own save is told here too, often before its answer.
  feed.addEventListener("saved", async ({ detail }) => {
    await draft.settled();
    if (draft.dirty || detail.version <= draft.version) return;
    notice(NEWER, "Show it", take);
  });
  draft.addEventListener("state", () => draft.state === "saved" && dismiss(NEWER));
}
