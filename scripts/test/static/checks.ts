import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockProblems } from "../../lockfile.mjs";
import { root, runProgram } from "../run-program.ts";
import { checkNamesAndSizes } from "./names-and-sizes.ts";
import { checkSchemaDrift } from "./schema-drift.ts";

export type Outcome = { ok: boolean; output: string };
export type Check = { name: string; run(): Promise<Outcome> };

const folders = ["app", "server", "worker", "drizzle", "sandbox", "scripts", "bench", "e2e"];

/** The longest first, so that two lanes end together. */
export const checks: Check[] = [
  // The native compiler says the same in a third of the work.
  { name: "types", run: () => program("tsgo", ["--noEmit", "--pretty", "false", "-p", ".", "--singleThreaded"]) },
  {
    name: "unused code and dependencies",
    run: () => program("knip", ["--no-progress"]),
  },
  { name: "schema drift", run: checkSchemaDrift },
  {
    name: "layers",
    run: () => program("depcruise", ["--config", ".dependency-cruiser.cjs", "--output-type", "err", ...folders]),
  },
  { name: "format and lint", run: () => program("biome", ["ci", "--colors=off", "--max-diagnostics=50", "."]) },
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
