// What the page says about its connection to the chat.
function show(text) {
  document.querySelector("#connection").textContent = text;
}
