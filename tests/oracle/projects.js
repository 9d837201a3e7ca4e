// The projects that both sides run: those beside this file and servers as people publish them, each with a
// story of its own, what a project in the playground begins with, and every lesson's starter and solution, which share one.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { HXLAB } from "./both.js";
import { stories as beginningStories } from "./beginnings.js";
import { stories } from "./pasted/stories.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const beginnings = fileURLToPath(new URL("../../embedded/beginnings", import.meta.url));
const lessons = fileURLToPath(new URL("../../lessons", import.meta.url));

/** `[{ name, files, story }]` */
export async function allProjects() {
  return [
    ...(await ownProjects()),
    ...(await beginningProjects()),
    ...(await pastedProjects()),
    ...(await lessonProjects()),
  ];
}

async function beginningProjects() {
  return Promise.all(
    Object.entries(beginningStories).map(async ([name, story]) => ({
      name: `beginnings/${name}`,
      files: await filesIn(join(beginnings, name)),
      story,
    })),
  );
}

async function pastedProjects() {
  const pasted = join(here, "pasted");
  return Promise.all(
    Object.entries(stories).map(async ([name, story]) => ({
      name: `pasted/${name}`,
      files: await filesIn(join(pasted, name)),
      story,
    })),
  );
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
  const scratch = await mkdtemp(join(tmpdir(), "hxlab-oracle-"));
  try {
    const written = join(scratch, "lessons");
    await promisify(execFile)(HXLAB, ["diff", "--lessons", lessons, "--all", written]);
    const projects = [];
    for (const lesson of await foldersIn(written)) {
      for (const name of ["starter", "solution"]) {
        const files = await filesIn(join(written, lesson, name));
        projects.push({ name: `lessons/${lesson}, ${name}`, files, story });
      }
    }
    return projects;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function foldersIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  const read = async (path) => [relative(folder, path), await readFile(path)];
  return Object.fromEntries(await Promise.all(paths.map(read)));
}
