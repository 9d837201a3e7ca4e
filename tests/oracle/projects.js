// The projects that both sides run: those beside this file, each with a story of its own, and every
// lesson's starter and solution, which share one.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const lessons = fileURLToPath(new URL("../../lessons", import.meta.url));

/** `[{ name, files, story }]` */
export async function allProjects() {
  return [...(await ownProjects()), ...(await lessonProjects())];
}

async function ownProjects() {
  const names = (await readdir(join(here, "stories"))).map((name) => name.replace(/\.js$/, ""));
  return Promise.all(
    names
      .filter((name) => name !== "lesson")
      .map(async (name) => ({
        name,
        files: await filesIn(join(here, "projects", name)),
        story: (await import(`./stories/${name}.js`)).default,
      })),
  );
}

async function lessonProjects() {
  const { default: story } = await import("./stories/lesson.js");
  const base = await filesIn(join(lessons, "base"));
  const projects = [];
  for (const unit of await foldersIn(lessons)) {
    for (const lesson of await foldersIn(join(lessons, unit))) {
      const folder = join(lessons, unit, lesson);
      const starter = { ...base, ...(await filesIn(join(folder, "starter"))) };
      const solution = { ...starter, ...(await filesIn(join(folder, "solution"))) };
      projects.push({ name: `${lesson}, starter`, files: starter, story });
      projects.push({ name: `${lesson}, solution`, files: solution, story });
    }
  }
  return projects;
}

async function foldersIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function filesIn(folder) {
  const names = await readdir(folder).catch(() => []);
  const read = async (name) => [name, await readFile(join(folder, name), "utf8")];
  return Object.fromEntries(await Promise.all(names.map(read)));
}
