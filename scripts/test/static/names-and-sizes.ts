import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../run-program.ts";
import type { Outcome } from "./checks.ts";

const source = "{app,server,worker,drizzle,sandbox,scripts,bench,e2e}/**/*.{ts,tsx,mjs}";
const emptyWords = /(^|\/)(utils?|helpers?|common|misc|services?|managers?|v\d+|new|legacy)(\/|\.[a-z.]+$)/;

/** Limits of docs/architecture: half of the files are short, and one in twenty may be long. */
export const limits = { median: 80, percentile95: 250 };

/** What is wrong with a file's path, or null. Route files are named by their URLs. */
export function nameProblem(path: string): string | null {
  if (emptyWords.test(path)) return `${path}: a name that says nothing about the domain`;
  if (path.startsWith("app/routes/")) return null;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(basename(path))) return `${path}: file names are in kebab-case`;
  return null;
}

/** The value below which the given share of the sorted numbers lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Names, and lines per file; says the figures also when all is well. */
export async function checkNamesAndSizes(): Promise<Outcome> {
  const paths = globSync(source, { cwd: root });
  const problems = paths.flatMap((path) => nameProblem(path) ?? []);
  const product = paths.filter((path) => !/\.(test|spec)\.tsx?$|^e2e\//.test(path));
  const lines = new Map(product.map((path) => [path, readFileSync(join(root, path), "utf8").split("\n").length - 1]));
  const sorted = [...lines.values()].sort((a, b) => a - b);
  const median = percentile(sorted, 0.5);
  const high = percentile(sorted, 0.95);
  if (median > limits.median) problems.push(`median ${median} lines, at most ${limits.median}`);
  if (high > limits.percentile95) {
    const longest = [...lines].sort(([, a], [, b]) => b - a).slice(0, 12);
    problems.push(`95th percentile ${high} lines, at most ${limits.percentile95}. The longest:`);
    problems.push(...longest.map(([path, count]) => `  ${count} ${path}`));
  }
  const figures = `${product.length} files, median ${median} lines, 95th percentile ${high}`;
  return problems.length > 0 ? { ok: false, output: problems.join("\n") } : { ok: true, output: `note: ${figures}` };
}
