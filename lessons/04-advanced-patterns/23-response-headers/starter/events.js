// What this page does when the header of an answer names an event.
const show = (place, words) => (document.querySelector(place).textContent = words);
document.addEventListener("toast", ({ detail }) => show("#toast", detail.value));
document.addEventListener("list-changed", () => show("#problem", ""));
