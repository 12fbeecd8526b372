import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockProblems } from "../../lockfile.mjs";
import { root, runProgram } from "../run-program.ts";
import { checkNamesAndSizes } from "./names-and-sizes.ts";
import { checkSchemaDrift } from "./schema-drift.ts";

export type Outcome = { ok: boolean; output: string };
export type Check = { name: string; run(): Promise<Outcome> };

const folders = ["app", "server", "worker", "drizzle", "sandbox", "scripts", "bench", "e2e"];

/**
 * Where a check keeps what it read of files that have not changed since: apart for each set of installed packages and for
 * each wording of the rules, which the checks do not look at again. The compiler has its own (`tsBuildInfoFile`), and so looks at those too.
 */
function kept(check: string): string {
  const said = createHash("sha256");
  for (const file of ["package-lock.json", "package.json", "tsconfig.json", "knip.json", ".dependency-cruiser.cjs"])
    said.update(readFileSync(join(root, file)));
  return join(root, ".data", "checks", said.digest("hex").slice(0, 16), check);
}

/** The longest first, so that two lanes end together. */
export const checks: Check[] = [
  // The native compiler says the same in a third of the work.
  { name: "types", run: () => program("tsgo", ["--noEmit", "--pretty", "false", "-p", ".", "--singleThreaded"]) },
  { name: "format and lint", run: () => program("biome", ["ci", "--colors=off", "--max-diagnostics=50", "."]) },
  {
    name: "layers",
    run: () => {
      const cache = ["--cache", kept("layers"), "--cache-strategy", "content"];
      const parameters = ["--config", ".dependency-cruiser.cjs", "--output-type", "err", ...cache, ...folders];
      return program("depcruise", parameters);
    },
  },
  {
    name: "unused code and dependencies",
    run: () => program("knip", ["--no-progress", "--cache", "--cache-location", kept("unused")]),
  },
  { name: "schema drift", run: checkSchemaDrift },
  {
    name: "lockfile",
    run: async () => {
      const problems = lockProblems(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
      return { ok: problems.length === 0, output: [...problems, "Run: npm run lockfile:complete"].join("\n") };
    },
  },
  { name: "names and sizes", run: checkNamesAndSizes },
];

async function program(name: string, parameters: string[]): Promise<Outcome> {
  const { code, output } = await runProgram(name, parameters);
  return { ok: code === 0, output };
}
