// Plain JavaScript without dependencies, like install.mjs.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, pinnedNode, root } from "./install.mjs";

/**
 * Installs what is missing, then runs a TypeScript entry on the pinned Node: signals go on to it, its exit code comes
 * back, and it notices through the channel between us when we are killed.
 * @param {string} entry
 * @param {readonly string[]} [parameters]
 * @param {readonly string[]} [flags] of Node
 */
export async function launch(entry, parameters = process.argv.slice(2), flags = []) {
  try {
    await ensureInstalled();
    process.exitCode = await run(pinnedNode(), [...flags, join(root, entry), ...parameters]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * @param {string} command
 * @param {string[]} parameters
 * @returns {Promise<number>}
 */
function run(command, parameters) {
  const child = spawn(command, parameters, {
    cwd: root,
    // Everything that is started from here reads its modules compiled: a third less work at every later start.
    env: { NODE_COMPILE_CACHE: join(root, ".data", "compile-cache"), ...process.env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
