// A package mirror that lacks some platform packages makes npm drop them from the lock, and `npm ci` then refuses that
// lock (everywhere, also behind a complete registry). This writes an entry for every optional dependency that is
// missing: the version its parent asks for, and the platform told from its name.
//   node scripts/lockfile.mjs complete   after any install that added or moved a package
//   node scripts/lockfile.mjs check      exit code 1 when an entry is missing or a download address is in the lock
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * @typedef {{ version: string, resolved?: string, dev?: boolean, optional?: boolean,
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {Record<string, Entry>} Packages
 * @typedef {{ packages: Packages }} Lock
 */

const systems = ["android", "darwin", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony", "win32", "linux"];
const processors = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "wasm32", "mips64el"];

/**
 * The lock's key of the package that `from` gets when it imports `name`, as node looks it up; undefined when absent.
 * @param {Packages} packages
 * @param {string} from
 * @param {string} name
 */
function resolve(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const key = `${at ? `${at}/` : ""}node_modules/${name}`;
    if (packages[key]) return key;
    if (!at) return undefined;
  }
}

/**
 * `os`, `cpu` and `libc` as far as the name of a platform package tells them.
 * @param {string} name
 */
function platform(name) {
  const words = name.toLowerCase().split(/[-/_@.]/);
  const os = systems.find((system) => words.includes(system)) ?? (/\bwin(dows)?\b/.test(name) ? "win32" : undefined);
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") && os === "linux" ? "glibc" : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) };
}

/**
 * The entries that `npm ci` would miss in a lock, by their key.
 * @param {Lock} lock
 */
export function missingEntries(lock) {
  /** @type {Packages} */
  const missing = {};
  for (const [parent, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const version = range.replace(/^[\^~]/, "");
      const exact = version === range;
      const found = resolve({ ...missing, ...lock.packages }, parent, name);
      if (found && (!exact || (lock.packages[found] ?? missing[found])?.version === version)) continue;
      const key = found ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
      missing[key] = { version, ...(entry.dev && { dev: true }), optional: true, ...platform(name) };
    }
  }
  return missing;
}

/**
 * The lock with every missing entry added, in npm's order.
 * @param {Lock} lock
 */
export function completeLock(lock) {
  const all = Object.entries({ ...lock.packages, ...missingEntries(lock) });
  return { ...lock, packages: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) };
}

/**
 * What is wrong with a lock, one line each.
 * @param {Lock} lock
 */
export function lockProblems(lock) {
  const missing = Object.keys(missingEntries(lock)).map((key) => `${key} is not in the lock`);
  const addresses = Object.entries(lock.packages)
    .filter(([, entry]) => entry.resolved)
    .map(([key]) => `${key} names the address it was downloaded from`);
  return [...missing, ...addresses];
}

/** @param {string | undefined} command */
function main(command) {
  const file = "package-lock.json";
  const lock = JSON.parse(readFileSync(file, "utf8"));
  if (command === "complete") {
    const added = Object.keys(missingEntries(lock)).length;
    if (added > 0) writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
    console.log(`${added} entries added to ${file}`);
    return 0;
  }
  const problems = lockProblems(lock);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) console.error(`Run: npm run lockfile:complete`);
  return problems.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = main(process.argv[2]);
