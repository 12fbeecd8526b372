import type { Say } from "./in-turn.ts";
import { withReport } from "./report.ts";
import { fromVitest, type Result } from "./result.ts";
import { runProgram } from "./run-program.ts";

/** Unit tests need nothing; database tests get a PostgreSQL of their own (see postgres.ts). */
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
    return (await runProgram("vitest", [...parameters, ...filters], { say })).code;
  });
  return fromVitest(report, code);
}
