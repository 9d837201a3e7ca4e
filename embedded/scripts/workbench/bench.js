// Opens the workbench: makes its parts from the state in the page and lets them hear each other.

import { showAddress } from "./address.js";
import { offerFiles } from "./add-files.js";
import { openAside } from "./aside.js";
import { offerChecks } from "./checks.js";
import { settleConflict } from "./conflict.js";
import { showConsole } from "./console.js";
import { Draft } from "./draft.js";
import { showDraft } from "./draft-state.js";
import { offerExport } from "./export.js";
import { showFailure } from "./failure.js";
import { showFaults } from "./faults.js";
import { showFiles } from "./files.js";
import { openKeep } from "./keep.js";
import { listen } from "./live.js";
import { notice } from "./notice.js";
import { bench, part } from "./parts.js";
import { whenPlaced } from "./placed.js";
import { openPreview } from "./preview.js";
import { showPreview } from "./preview-state.js";
import { showProblems } from "./problems.js";
import { Project } from "./project.js";
import { request } from "./request.js";
import { offerReset } from "./reset.js";
import { restore } from "./restore.js";
import { chooseTab, rove } from "./rove.js";
import { controlRun } from "./run.js";
import { moveSeparators } from "./separators.js";
import { saveFirst } from "./save-first.js";
import { onShortcuts } from "./shortcuts.js";
import { showSolution } from "./solution.js";
import { showView } from "./views.js";
import { showStale } from "./stale.js";
import { showWire } from "./wire.js";

export function openBench(createEditor) {
  const state = JSON.parse(document.getElementById("workbench-state").textContent);
  const { work, address, htmx, version, saved, files: start, open, sandbox } = state;

  const keep = openKeep(work);
  const project = new Project(start, open);
  const draft = new Draft({ address, version, saved, project, keep });
  const aside = openAside(work, project);
  showDraft(draft);

  const feed = listen(`${address}/live`, sandbox !== null);
  const run = controlRun({ draft, feed, address, request });
  const editor = createEditor(part("editor"), {
    project,
    htmx,
    leave: () => part("editor-exit").focus(),
  });
  const goTo = (file, line, column) => {
    showView("code");
    files.show(file);
    editor.goTo(line, column);
  };
  let solution = null;
  const files = showFiles({ project, editor, onShow: () => solution?.draw() });
  solution = showSolution({ request, address, files, project });
  offerFiles({ project, files });
  offerExport(draft);
  offerReset({ request, address, project, aside });
  saveFirst(draft);
  showFaults({ run, feed, editor });
  showStale({ run, project, draft, work });
  showFailure({ run, project, files, editor });

  const known = sandbox?.url ?? null;
  const preview = openPreview(known);
  whenPlaced({
    work,
    draft,
    known,
    then(url) {
      preview.moveTo(url);
      feed.start();
    },
  });
  showAddress(preview);
  showPreview({ preview, run });
  const places = { project, goTo };
  showConsole({ feed, preview, run, places });
  showProblems({ feed, preview, run, places });
  const wire = showWire(feed);
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

  rove(drawer, (tab) => chooseTab(drawer, tab));
  moveSeparators();
  onShortcuts(run.start);

  watchOthers({ draft, project, aside, feed });
  const left = restore({ keep, version, files: start });
  if (left) {
    draft.version = left.version;
    project.replaceAll(left.files);
  }
  bench.dataset.ready = "";
}

// Another tab of the same work: its newer version is offered, and never put over what is typed here.
function watchOthers({ draft, project, aside, feed }) {
  let theirs = null;
  const settle = () => settleConflict({ draft, project, aside, theirs });

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
    notice("This project was saved elsewhere, in a newer version.", "Show it", take);
  });
}
