// How one sees the workbench, to choose: lines that wrap, the size of the code, which panes there are. A choice
// holds at once.

import { SIZES, layout, resetLayout, setLayout } from "../layout/settings.js";
import { openDialog } from "./ask.js";
import { make } from "./parts.js";

const PANES = {
  none: "All of them",
  code: "The code alone",
  preview: "The preview alone",
  drawer: "Wire, console and problems alone",
};

export function openLayoutSettings() {
  const wrap = make("input", { type: "checkbox", id: "bench-layout-wrap" });
  const size = chooser(
    "size",
    SIZES.map((value) => [`${value}`, `${value} %`]),
  );
  const whole = chooser("whole", Object.entries(PANES));

  const draw = () => {
    wrap.checked = layout("wrap") === "on";
    size.value = `${nearest(SIZES, layout("size"))}`;
    whole.value = layout("whole");
  };
  const first = make("button", { type: "button", class: "quiet" }, "Reset to defaults");
  wrap.addEventListener("change", () => setLayout("wrap", wrap.checked ? "on" : "off"));
  for (const each of [size, whole]) {
    each.addEventListener("change", () => setLayout(each.dataset.setting, each.value));
  }
  first.addEventListener("click", () => {
    resetLayout();
    draw();
  });
  draw();
  const fields = [
    make("p", { class: "ask-check" }, wrap, make("label", { for: wrap.id }, "Wrap long lines")),
    labelled("Size of the code", size),
    labelled("Panes", whole, "only-wide"),
  ];
  openDialog("Layout", fields, [make("button", { class: "primary" }, "Close"), first]);
}

function chooser(name, choices) {
  const options = choices.map(([value, label]) => make("option", { value }, label));
  return make("select", { id: `bench-layout-${name}`, "data-setting": name }, ...options);
}

const labelled = (words, field, kind) =>
  make("p", { class: `ask-field ${kind ?? ""}` }, make("label", { for: field.id }, words), field);

const nearest = (sizes, size) =>
  sizes.toSorted((a, b) => Math.abs(a - size) - Math.abs(b - size))[0];
