import type { Say } from "./in-turn.ts";
import { withReport } from "./report.ts";
import { fromVitest, type Result } from "./result.ts";
import { runProgram } from "./run-program.ts";

/**
 * Unit tests need nothing; database tests get a PostgreSQL of their own (see postgres.ts). These run behind the journeys
 * beside them, which wait more than they work and would be the last to end.
 */
export async function runVitest(project: "unit" | "db", filters: string[], say: Say): Promise<Result> {
  const { report, code } = await withReport<Parameters<typeof fromVitest>[0]>(async (file) => {
    const parameters = [
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ];
    return (await runProgram("vitest", [...parameters, ...filters], { say, behind: project === "db" })).code;
  });
  return fromVitest(report, code);
}
