// The line's sign. The ws extension comes back after these close codes, and after no others.
const COMES_BACK = [1006, 1011, 1012, 1013];

function show(text) {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}

document.addEventListener("htmx:wsClose", ({ detail }) => {
  const away = "Reconnecting… What you send now goes out then.";
  const closed = "The line is closed. Reload the page to open it.";
  show(COMES_BACK.includes(detail.event.code) ? away : closed);
});
