const page = () =>
  new File(["<!doctype html><title>No cat</title>"], "cat.png", { type: "text/html" });

const input = (client) => client.locate("input[type=file]");
const caption = (client) => client.getByLabelText("Caption");
const show = (client) => client.getByRole("button", { name: "Show" }).click();

// A point, and as much behind its end as it is to be large.
const picture = (size = 0) => {
  const point = atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
  const bytes = Uint8Array.from(point, (letter) => letter.charCodeAt(0));
  return new File([bytes, new Uint8Array(size)], "point.gif", { type: "image/gif" });
};

const showOne = async ({ open }, file) => {
  const alice = await open("Alice");
  await caption(alice).fill("A cat");
  await input(alice).upload(file);
  await show(alice);
  return alice;
};

export default {
  multipart: (story) => showOne(story, picture()),
  progress: (story) => showOne(story, picture()),
  limit: (story) => showOne(story, picture(1_100_000)),
  async shown(story) {
    const alice = await showOne(story, picture(1_100_000));
    await caption(alice).fill("A cat");
    await show(alice);
  },
  async kept(story) {
    const alice = await showOne(story, picture(1_100_000));
    await input(alice).upload(picture());
    await show(alice);
  },
  async bytes(story) {
    const alice = await showOne(story, page());
    await caption(alice).fill("A cat");
    await input(alice).upload(picture());
    await show(alice);
  },
};
