import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileCache } from "./compile-cache.ts";
import { root, runNode } from "./run-program.ts";

/** Nearly everything that tests import, as definitions: importing these starts nothing. */
const MODULES = ["server/trpc/router.ts", "server/wire.ts", "worker/run.ts", "sandbox/start.ts"];

/**
 * In a fresh clone the processes of the tests begin at the same moment, and each would compile the whole product. One does it
 * here beforehand, and all others read what it made.
 */
export async function compileFirst(): Promise<void> {
  const { NODE_COMPILE_CACHE: folder } = compileCache();
  if (folder === undefined) return;
  const done = join(folder, "product-was-compiled");
  if (existsSync(done)) return;
  const addresses = MODULES.map((path) => pathToFileURL(join(root, path)).href);
  const program = `for (const one of ${JSON.stringify(addresses)}) await import(one);`;
  const { code, output } = await runNode(["--input-type=module", "--eval", program]);
  if (code !== 0) throw new Error(`The product cannot be loaded:\n${output}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(done, "");
}
