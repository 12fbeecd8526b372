// npm test [-- static|unit|db|browser …] [filter …], on the pinned Node.
import { styleText } from "node:util";
import { build, isBuilt } from "../build.ts";
import { step } from "../run/progress.ts";
import { runBrowser } from "./browser.ts";
import { lastLine, type Result, total } from "./result.ts";
import { runStatic } from "./static/run-static.ts";
import { runVitest } from "./vitest.ts";

const parts: Record<string, (filters: string[]) => Promise<Result>> = {
  static: runStatic,
  unit: (filters) => runVitest("unit", filters),
  db: afterBuild((filters) => runVitest("db", filters)),
  browser: afterBuild(runBrowser),
};

// Whatever is running ends with this process: see runProgram.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.once("disconnect", () => process.exit(130));
process.channel?.unref();

const words = process.argv.slice(2);
const named = words.filter((word) => word in parts);
const filters = words.filter((word) => !(word in parts));
const results: Result[] = [];

for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const begin = performance.now();
  console.log(styleText("bold", `\n── ${name}`));
  const result = await part(name);
  results.push(result);
  console.log(`${name}: ${lastLine(result)} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

const all = total(results);
process.exitCode = all.failed > 0 ? 1 : 0;
console.log(`\n${lastLine(all)}`);

/** Tests that start the shop share one build, made before they need it. */
function afterBuild(run: (filters: string[]) => Promise<Result>) {
  return async (filters: string[]) => {
    if (!isBuilt()) await step(console.log, "Pages built", () => build());
    return run(filters);
  };
}

async function part(name: string): Promise<Result> {
  try {
    return (await parts[name]?.(filters)) ?? { passed: 0, failed: 1, skipped: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
