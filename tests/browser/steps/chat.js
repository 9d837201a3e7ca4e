// What a person does in Lobby's chat, in a window or in the preview.

/** Types a message and sends it. */
export async function say(window, words) {
  await window.locator("#say [name=message]").fill(words);
  await window.locator("#say button").click();
}
