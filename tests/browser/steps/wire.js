// What somebody reads in the wire's detail: what an exchange has changed in the preview, and why.

/** Opens a row, or the newest one with this text; gives the part of the detail about what it changed. */
export async function openRow(lesson, row) {
  const wanted = typeof row === "string" ? lesson.wireRow(row).last() : row;
  await wanted.click();
  // The list stays at its end: a row that moved meanwhile was missed, and whoever sees that clicks again.
  const chosen = wanted.and(lesson.page.locator("[aria-selected=true]"));
  await chosen.waitFor({ timeout: 5000 }).catch(() => wanted.click());
  const place = lesson.page.locator("[data-wire-detail] .changed");
  await place.locator("p").first().waitFor();
  return place;
}

/** Opens the "first" or the "last" of those that share a row; gives the part of the detail about what it changed. */
export async function openMember(lesson, row, which) {
  await openRow(lesson, row);
  const members = lesson.page.locator("[data-wire-detail] .detail-members button");
  // The newest stands first.
  const member = which === "first" ? members.last() : members.first();
  await member.click();
  await member.and(lesson.page.locator("[aria-current=true]")).waitFor();
  return lesson.page.locator("[data-wire-detail] .changed");
}

/** Waits until it says this; fails with what it says. */
export async function reads(place, words) {
  const wait = place.filter({ hasText: words }).waitFor();
  await wait.catch(async (error) => {
    throw new Error(`“${words}” is not in: ${await place.innerText()}`, { cause: error });
  });
}

/** The lines that are new or gone, once there is a difference. */
export async function differenceOf(place) {
  await place.locator(".difference").first().waitFor();
  const lines = await place.locator(".difference > :is(ins, del)").allTextContents();
  return lines.map((line) => line.replace(/^(.)\s+/, "$1 ").trim());
}
