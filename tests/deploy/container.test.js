// The container file, played instruction by instruction in a Debian of its own, since this needs no engine of
// containers. What the first stage builds is the program under test; what it needs for that is looked up.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Place } from "./place.js";
import { block } from "./readme.js";

const SOURCE = new URL("../../", import.meta.url).pathname;
const PACKAGING = join(SOURCE, "embedded/packaging");
/** What Docker gives a process whose image says nothing else. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const PATIENCE_MS = 120_000;

const read = (path) => readFileSync(join(SOURCE, path), "utf8");
const [build, image] = stages(readFileSync(join(PACKAGING, "Containerfile"), "utf8"));
const word = (stage, name) => stage.filter((it) => it.name === name).map((it) => it.rest);
const list = (stage, name) => JSON.parse(word(stage, name)[0]);
const packed = word(image, "COPY").map((rest) => rest.split(" "));
const variables = word(image, "ENV").flatMap((rest) => rest.split(" "));
const [user] = word(image, "USER");
const [volume] = word(image, "VOLUME");
const [port] = word(image, "EXPOSE");

let place, root, hxlab;
before(async () => {
  assert.ok(process.env.DEBIAN, "it needs a Debian: start it by tests/deploy/run");
  place = await Place.open();
  root = join(place.folder, "root");
  const layers = ["upper", "work"].map((name) => join(place.folder, name));
  const overlay = `lowerdir=${process.env.DEBIAN},upperdir=${layers[0]},workdir=${layers[1]}`;
  await place.run("mount", "-t", "tmpfs", "none", place.folder);
  for (const folder of [root, ...layers]) await mkdir(folder, { recursive: true });
  await place.run("mount", "-t", "overlay", "none", "-o", overlay, root);
  await place.run("mount", "-t", "proc", "none", join(root, "proc"));
  await place.run("mount", "--rbind", "/dev", join(root, "dev"));
  // In their order, as an engine does it.
  for (const { name, rest } of image) {
    if (name === "RUN") execFileSync("chroot", [root, "sh", "-c", rest], { stdio: "inherit" });
    if (name === "COPY")
      execFileSync("cp", [process.env.HXLAB, join(root, rest.split(" ").at(-1))]);
  }
  // As the README starts it: only the volume and /tmp can be written.
  await place.run("mount", "-t", "tmpfs", "none", join(root, "tmp"));
  await place.run("mount", "--bind", join(root, volume), join(root, volume));
  await place.run("mount", "-o", "remount,bind,ro", root);
});
after(async () => {
  hxlab?.kill("SIGKILL");
  for (const folder of ["dev", "proc", "tmp", volume, ""])
    spawnSync("umount", ["--lazy", "--recursive", join(root, folder)]);
  spawnSync("umount", ["--lazy", place.folder]);
  await place?.close();
});

/** A process in the container. */
function inside(argv) {
  const all = ["--userspec", `${user}:${user}`, root, "env", "-i", `PATH=${PATH}`, ...variables];
  return ["chroot", [...all, ...argv]];
}

const isHealthy = () => {
  const [, command] = word(image, "HEALTHCHECK")[0].split(/\bCMD /);
  const [program, argv] = inside(JSON.parse(command));
  return spawnSync(program, argv).status === 0;
};

test("both stages are of one Debian, whose Rust is new enough and which has the packages", () => {
  const [, rust, suite] = word(build, "FROM")[0].match(/rust:([\d.]+)-(\w+) AS build$/);
  assert.equal(word(image, "FROM")[0], `docker.io/library/debian:${suite}-slim`);
  assert.match(readFileSync(join(process.env.DEBIAN, "etc/os-release"), "utf8"), RegExp(suite));
  const [, needed] = read("Cargo.toml").match(/^rust-version = "([\d.]+)"/m);
  assert.ok(rust.localeCompare(needed, "en", { numeric: true }) >= 0, `${rust} for ${needed}`);
  const lists = join(process.env.DEBIAN, "var/lib/apt/lists");
  const files = readdirSync(lists).filter((name) => name.endsWith("_Packages"));
  const known = files.map((name) => readFileSync(join(lists, name), "utf8")).join("\n");
  const [, names] = word(build, "RUN")[0].match(
    /apt-get install .*?--no-install-recommends (.*?) &&/,
  );
  for (const name of names.split(" ")) assert.match(known, RegExp(`^Package: ${name}$`, "m"));
});

test("what is copied is what the first stage builds, of all files of the source", () => {
  assert.deepEqual(word(build, "COPY"), [". ."]);
  const [folder] = word(build, "WORKDIR");
  assert.ok(word(build, "RUN").includes("cargo build --release --locked"));
  const [, name] = read("Cargo.toml").match(/^name = "(\w+)"/m);
  assert.deepEqual(packed, [["--from=build", `${folder}/target/release/${name}`, packed[0][2]]]);
  const ignored = readFileSync(join(PACKAGING, "Containerfile.dockerignore"), "utf8");
  const patterns = ignored
    .trim()
    .split("\n")
    .map((it) => it.replace(/^\*\*\//, ""));
  const files = execFileSync("git", ["-C", SOURCE, "ls-files"], { encoding: "utf8" }).split("\n");
  const lost = files.filter((file) => file.split("/").some((part) => patterns.includes(part)));
  assert.deepEqual(lost, []);
});

test("its entry point serves as its user, its check says so, and learners' work is in its volume", async () => {
  assert.equal(isHealthy(), false, "nothing serves yet");
  const [program, argv] = inside([...list(image, "ENTRYPOINT"), ...list(image, "CMD")]);
  hxlab = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [hxlab.stdout, hxlab.stderr]) stream.on("data", (text) => (said += text));
  // What it says is read between two looks.
  const listens = RegExp(`listening on http://127\\.0\\.0\\.1:${port}/`);
  const isUp = () => isHealthy() && listens.test(said);
  for (const until = Date.now() + PATIENCE_MS; !isUp(); await setTimeout(200))
    assert.ok(hxlab.exitCode === null && Date.now() < until, said);
  const owner = execFileSync("chroot", [root, "stat", "-c", "%U %a", volume, `${volume}/hxlab.db`]);
  assert.match(String(owner), RegExp(`^${user} 700\n${user} \\d+\n$`));
  // As an engine ends a container.
  hxlab.kill("SIGTERM");
  assert.deepEqual(await once(hxlab, "exit"), [0, null]);
  assert.equal(isHealthy(), false, "nothing serves any more");
});

test("the README starts it with its port, its volume and flags that it takes", () => {
  const lines = block("sh", "docker build").replaceAll("\\\n", "").trim().split("\n");
  const [first, second] = lines.map((line) => line.split(/\s+/));
  assert.ok(first.includes("embedded/packaging/Containerfile") && first.at(-1) === ".");
  const value = (flag) => second[second.indexOf(flag) + 1];
  assert.equal(value("--publish").split(":").at(-1), port);
  assert.equal(value("--volume").split(":").at(-1), volume);
  const tag = first[first.indexOf("--tag") + 1];
  const argv = second.slice(second.lastIndexOf(tag) + 1);
  assert.ok(argv.length > 0, "it has settings of its own");
  const help = execFileSync(process.env.HXLAB, ["serve", "--help"], { encoding: "utf8" });
  const flags = argv.filter((it) => it.startsWith("--"));
  for (const flag of flags) assert.match(help, RegExp(`\\s${flag}[ =\n]`));
});

/** The instructions of each stage: their names and the rest of their lines. */
function stages(text) {
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n");
  const all = lines
    .filter((line) => line.trim())
    .map((line) => {
      const [, name, rest] = line.match(/^(\w+) (.*)$/);
      return { name, rest: rest.replaceAll(/\s+/g, " ") };
    });
  const second = all.findLastIndex(({ name }) => name === "FROM");
  return [all.slice(0, second), all.slice(second)];
}
