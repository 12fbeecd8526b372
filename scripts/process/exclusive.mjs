import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, isAlive } from "./alive.mjs";

/**
 * Does `work` while no other process of this project does the same work, told by a lock folder. A lock whose holder died
 * is taken over.
 * @template T
 * @param {string} folder
 * @param {() => void} onWait called once when somebody else is at it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(folder, onWait, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waiting = false; !take(folder); waiting = true) {
    if (isAbandoned(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!waiting) onWait();
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(folder, "pid"), `${process.pid}\n`);
  return true;
}

/** @param {string} folder */
function isAbandoned(folder) {
  try {
    const holder = Number(readFileSync(join(folder, "pid"), "utf8"));
    return !isAlive(holder) || !/node|vitest/.test(commandOf(holder));
  } catch {
    // Between making the folder and writing the id into it there is a moment; longer than that, its maker died.
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    return age > 5_000;
  }
}
