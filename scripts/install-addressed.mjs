// Plain JavaScript without dependencies, like install.mjs.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";

/**
 * @typedef {{ name?: string, version: string, integrity?: string, link?: boolean, resolved?: string }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

/**
 * The lock with the address at which a registry keeps each package. Ours names none, so that it holds behind every mirror; but
 * then npm reads what the registry says of all versions of every package, only to learn its address, which is half of its work.
 * @template {Lock} L
 * @param {L} lock
 * @param {string} registry
 * @returns {L}
 */
export function withAddresses(lock, registry) {
  const base = registry.replace(/\/+$/, "");
  const packages = Object.entries(lock.packages).map(([key, entry]) => {
    if (key === "" || entry.link || entry.resolved || !entry.integrity) return [key, entry];
    const name = entry.name ?? key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);
    const file = `${name.slice(name.indexOf("/") + 1)}-${entry.version}.tgz`;
    return [key, { ...entry, resolved: `${base}/${name}/-/${file}` }];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}

/**
 * Installs by addresses of our own in a folder beside, and puts what came of it into its place. What is downloaded is still
 * compared with the lock's checksums. False, with nothing changed, when that cannot be done here: a registry may keep its
 * files elsewhere.
 * @param {string} root
 * @param {readonly string[]} command
 */
export async function installAddressed(root, command) {
  const folder = join(root, ".data", "install");
  try {
    const { code, output } = await npm(["config", "get", "registry", "--loglevel=silent"], {
      folder: root,
      kept: true,
    });
    const registry = output.trim();
    if (code !== 0 || !/^https?:\/\//.test(registry)) return false;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", ".npmrc"]) copyFileSync(join(root, file), join(folder, file));
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify(withAddresses(lock, registry)));
    // What goes wrong is said by the usual way, which comes next.
    if ((await npm([...command, "--loglevel=silent"], { folder })).code !== 0) return false;
    return replace(join(root, "node_modules"), join(folder, "node_modules"), join(folder, "before"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Puts a folder in another's place; false, with the other in its place, where the system does not let it (a place that is a
 * file system of its own).
 * @param {string} place
 * @param {string} fresh
 * @param {string} before
 */
function replace(place, fresh, before) {
  try {
    if (existsSync(place)) renameSync(place, before);
    renameSync(fresh, place);
    return true;
  } catch {
    if (existsSync(before) && !existsSync(place)) renameSync(before, place);
    return false;
  }
}
