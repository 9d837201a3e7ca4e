export default async function ({ stream }) {
  const page = await stream("/page?name=%3CAda%3E");
  await page.until("wait…");
  await page.rest();
  const events = await stream("/events");
  await events.rest();
}
