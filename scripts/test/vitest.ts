import type { Say } from "./in-turn.ts";
import { leavesOut } from "./left-to-prove.ts";
import { withReport } from "./report.ts";
import { fromVitest, type Result } from "./result.ts";
import { runProgram } from "./run-program.ts";

/** The projects of a part, see vitest.config.ts. */
const PROJECTS = { unit: ["unit", "jsx"], db: ["db"] } as const;

/** Unit tests need nothing; database tests get a PostgreSQL of their own (see postgres.ts). */
export async function runVitest(part: keyof typeof PROJECTS, filters: string[], say: Say): Promise<Result> {
  const { report, code } = await withReport<Parameters<typeof fromVitest>[0]>(async (file) => {
    const parameters = [
      "run",
      ...PROJECTS[part].map((project) => `--project=${project}`),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ];
    const env = { KRAFTVERK_LEAVE_OUT: leavesOut(filters) ? "1" : "0" };
    return (await runProgram("vitest", [...parameters, ...filters], { env, say })).code;
  });
  return fromVitest(report, code);
}
