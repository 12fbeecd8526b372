import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exclusively } from "../process/exclusive.mjs";
import type { Say } from "./in-turn.ts";
import { root, runProgram } from "./run-program.ts";

/** A browser for the journeys, as the environment that its processes need. */
export type Browser = { CHROMIUM_PATH?: string; LD_LIBRARY_PATH?: string; FONTCONFIG_PATH?: string };

const onSystem = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Finds a Chromium that runs here, and installs one when there is none: the one that is named, from node_modules (unpacked
 * once; it has no windows to keep, and a page costs three fifths of what it costs a whole browser), from the system,
 * Playwright's own, else by apt as root. Throws with what to do when all of that fails.
 */
export async function findBrowser(say: Say): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named && runs(named)) return { CHROMIUM_PATH: named };
  for (const find of [unpacked, installed, fromApt, downloaded]) {
    const browser = await find(say).catch((error) => say(`  ${error.message}\n`));
    if (browser) return browser;
  }
  throw new Error(
    "There is no browser for the journeys, and none could be installed.\n" +
      "Install Chromium (apt-get install chromium, or npx playwright install --with-deps chromium),\n" +
      "or name one: CHROMIUM_PATH=/path/to/chromium npm test",
  );
}

function runs(path: string, env: Browser = {}): boolean {
  if (!existsSync(path)) return false;
  return spawnSync(path, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 }).status === 0;
}

async function installed(): Promise<Browser | null> {
  const path = [...onSystem, await playwrightsOwn()].find((one) => one && runs(one));
  return path ? { CHROMIUM_PATH: path } : null;
}

async function playwrightsOwn(): Promise<string | null> {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath() || null;
}

/** The browser in node_modules is packed; it comes with the libraries that a bare server lacks. */
async function unpacked(say: Say): Promise<Browser | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const folder = dirname(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))));
  const version = createHash("sha256")
    .update(readFileSync(join(folder, "package.json")))
    .digest("hex")
    .slice(0, 12);
  const home = join(root, ".data", `chromium-${version}`);
  await exclusively(
    `${home}.lock`,
    () => say("  Another process is unpacking the browser; waiting …\n"),
    async () => {
      if (existsSync(home)) return;
      say("  Unpacking the browser from node_modules, once …\n");
      const building = `${home}.building`;
      rmSync(building, { recursive: true, force: true });
      mkdirSync(building, { recursive: true });
      await unpackInto(building, join(folder, "bin"));
      renameSync(building, home);
    },
  );
  const path = join(home, "chromium");
  const bare: Browser = {
    CHROMIUM_PATH: path,
    ...(!existsSync("/etc/fonts") && { FONTCONFIG_PATH: join(home, "fonts") }),
  };
  const withLibraries: Browser = { ...bare, LD_LIBRARY_PATH: join(home, "al2023", "lib") };
  return [bare, withLibraries].find((browser) => runs(path, browser)) ?? null;
}

/** The package unpacks into the temporary folder of its process, so it gets a process with a folder of its own. */
async function unpackInto(folder: string, packed: string): Promise<void> {
  const script = `import { inflate } from "@sparticuz/chromium";
    await Promise.all(["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"].map((file) => inflate(${JSON.stringify(packed)} + "/" + file)));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`The browser in node_modules could not be unpacked: ${output.slice(-500)}`);
}

async function fromApt(say: Say): Promise<Browser | null> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  say("  Installing Chromium by apt-get …\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const step of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", "chromium"],
  ]) {
    if (spawnSync("apt-get", step, { env, stdio: ["ignore", "ignore", "inherit"] }).status !== 0) return null;
  }
  return runs("/usr/bin/chromium") ? { CHROMIUM_PATH: "/usr/bin/chromium" } : null;
}

async function downloaded(say: Say): Promise<Browser | null> {
  say("  Downloading Playwright's Chromium …\n");
  const { code } = await runProgram("playwright", ["install", "chromium"], { say });
  const path = await playwrightsOwn();
  return code === 0 && path && runs(path) ? { CHROMIUM_PATH: path } : null;
}
