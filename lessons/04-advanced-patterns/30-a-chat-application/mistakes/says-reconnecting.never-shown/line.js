// The line's sign.
function show(text) {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}

document.addEventListener("htmx:wsOpen", () => show(""));
document.addEventListener("htmx:wsReconnecting", () => {
  show("Reconnecting… What you send now goes out then.");
});
