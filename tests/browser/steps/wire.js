// What somebody reads in the wire's detail: what an exchange has changed in the preview, and why.

const changed = (lesson) => lesson.page.locator("[data-wire-detail] .changed");

/** Opens the newest row with this text that matches; gives the part of the detail about what it changed. */
export async function openRow(lesson, text) {
  await lesson.wireRow(text).last().click();
  const place = changed(lesson);
  await place.locator("p").first().waitFor();
  return place;
}

/** Waits until the detail says this of what changed. */
export async function says(lesson, words) {
  await changed(lesson).getByText(words).first().waitFor();
}

/** The lines of the difference that is shown: what is new, what is gone. */
export async function linesOf(place, kind) {
  const lines = await place.locator(`.difference > ${kind}`).allInnerTexts();
  return lines.map((line) => line.trim());
}
