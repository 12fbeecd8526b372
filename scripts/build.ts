import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exclusively } from "./process/exclusive.mjs";
import { StartError } from "./run/failure.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A part of build/: what it is made of, and the program that makes it. */
type Part = { stamp: string; sources: string[]; program: string[] };

const shared = ["app/lib", "server/kernel", "package-lock.json", "tsconfig.json"];
const pages: Part = {
  stamp: "pages.fingerprint",
  sources: [
    "app",
    "public",
    "server/**/input.ts",
    ...shared,
    "vite.config.ts",
    "remix.config.js",
    "scripts/page-chunks.ts",
    "scripts/words-as-text.ts",
  ],
  program: ["node_modules/.bin/remix", "vite:build", "--logLevel", "warn"],
};
const mail: Part = {
  stamp: "mail.fingerprint",
  sources: ["server/messaging", ...shared, "scripts/build-mail.ts"],
  program: ["scripts/build-mail.ts"],
};
/** Web, worker and migration as `npm start` and the image run them. Web has the pages inside. */
const processes: Part = {
  stamp: "processes.fingerprint",
  sources: [
    ...pages.sources,
    "server",
    "worker",
    "drizzle",
    "scripts/db",
    "scripts/postgres",
    "scripts/run",
    "scripts/patch",
    "scripts/process/node-flags.ts",
    "scripts/build-processes.ts",
  ],
  program: ["scripts/build-processes.ts"],
};
/** What the sandbox measures its answers by, from the types of the provider's client. */
const shapes: Part = {
  stamp: "shapes.fingerprint",
  sources: ["sandbox/shapes", "package-lock.json"],
  program: ["sandbox/shapes/main.ts"],
};
/** In development the pages are built on request, and the processes run from their source. */
const parts = (dev: boolean) => (dev ? [mail, shapes] : [pages, mail, processes, shapes]);

/** Whether build/ holds what the sources say now. */
export function isBuilt(dev = false): boolean {
  return parts(dev).every(isCurrent);
}

/** Builds what is not current: pages, mail templates, processes. Waits when another process of this folder is building. */
export async function build(dev = false): Promise<void> {
  await exclusively(
    join(root, ".data", "build.lock"),
    () => {},
    async () => {
      // In this order: building the pages empties the folder first.
      for (const part of parts(dev)) if (!isCurrent(part)) await make(part);
    },
  );
}

function isCurrent(part: Part): boolean {
  const stamp = join(root, "build", part.stamp);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(part);
}

async function make(part: Part): Promise<void> {
  const begun = fingerprint(part);
  await run(part.program);
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(join(root, "build", part.stamp), begun);
}

function fingerprint({ sources }: Part): string {
  const hash = createHash("sha256");
  for (const path of new Set(sources.flatMap(filesIn))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

// The files of a folder, or those with one name in it (folder, two stars, name), without tests.
function filesIn(source: string): string[] {
  const [path = "", name] = source.split("/**/");
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|spec)\.tsx?$/.test(entry.name))
    .filter((entry) => name === undefined || entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** Runs a program of the project; throws with what it printed when it fails. */
async function run([program = "", ...parameters]: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, program), ...parameters], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const end = () => child.kill();
  process.once("exit", end);
  const code = await new Promise((resolve) => child.once("close", resolve));
  process.off("exit", end);
  if (code !== 0) throw new StartError(`${program} ${parameters.join(" ")} failed:\n${output.slice(0, 4000)}`);
}

if (import.meta.main) {
  if (isBuilt()) console.log("build/ is current.");
  else {
    await build();
    console.log("Built.");
  }
}
