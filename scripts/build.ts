import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { exclusively } from "./process/exclusive.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "build", ".fingerprint");

/** Everything that ends up in build/: pages, what they share with the server, mail templates, and what builds them. */
const sources = ["app", "public", "server", "vite.config.ts", "remix.config.js", "tsconfig.json", "package-lock.json"];
const isSource = (path: string) =>
  !path.startsWith("server/") ||
  path.endsWith(".tsx") ||
  path.endsWith("/input.ts") ||
  path.startsWith("server/kernel/");

/** Whether build/ holds what the sources say now. */
export function isBuilt(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint();
}

/** Builds pages and mail templates unless build/ is current. Waits when another process of this folder is building. */
export async function build(): Promise<void> {
  await exclusively(
    join(root, ".data", "build.lock"),
    () => {},
    async () => {
      if (isBuilt()) return;
      const begun = fingerprint();
      await run("remix", ["vite:build", "--logLevel", "warn"]);
      writeFileSync(stamp, begun);
    },
  );
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const path of sources.flatMap((source) => filesIn(source)).filter(isSource)) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** Runs a program of node_modules; throws with what it printed when it fails. */
async function run(program: string, parameters: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, "node_modules", ".bin", program), ...parameters], {
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
  if (code !== 0) throw new Error(`${program} ${parameters.join(" ")} failed:\n${output.slice(-4000)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (isBuilt()) console.log("build/ is current.");
  else {
    await build();
    console.log("Built.");
  }
}
