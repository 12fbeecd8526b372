// npm test [-- static|unit|db|browser …] [filter …], on the pinned Node.
import { styleText } from "node:util";
import { build, isBuilt } from "../build.ts";
import { step } from "../run/progress.ts";
import { runBrowser } from "./browser.ts";
import { inTurn, type Say } from "./in-turn.ts";
import { lastLine, type Result, total } from "./result.ts";
import { runStatic } from "./static/run-static.ts";
import { runVitest } from "./vitest.ts";

type Part = (filters: string[], say: Say) => Promise<Result>;

const parts: Record<string, Part> = {
  static: runStatic,
  unit: (filters, say) => runVitest("unit", filters, say),
  db: afterBuild((filters, say) => runVitest("db", filters, say)),
  browser: afterBuild(runBrowser),
};

/**
 * What runs one after the other, beside the other lane: journeys wait for the shop's processes more than they work, and
 * so do the database tests. What they say is read part by part all the same.
 */
const lanes = [["static", "unit", "db"], ["browser"]];

// Whatever is running ends with this process: see runProgram.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.once("disconnect", () => process.exit(130));
process.channel?.unref();

const words = process.argv.slice(2);
const wanted = words.some((word) => word in parts) ? words : Object.keys(parts);
const filters = words.filter((word) => !(word in parts));
const introduce = inTurn((text) => void process.stdout.write(text));
const speakers = new Map(Object.keys(parts).map((name) => [name, introduce()]));
let building: Promise<void> | undefined;

const results = await Promise.all(lanes.map(runLane));
const all = total(results.flat());
process.exitCode = all.failed > 0 ? 1 : 0;
console.log(`\n${lastLine(all)}`);

async function runLane(names: string[]): Promise<Result[]> {
  const done: Result[] = [];
  for (const name of names) {
    const speaker = speakers.get(name);
    if (speaker && wanted.includes(name)) done.push(await runPart(name, speaker.say));
    speaker?.finish();
  }
  return done;
}

async function runPart(name: string, say: Say): Promise<Result> {
  const begin = performance.now();
  say(`${styleText("bold", `\n── ${name}`)}\n`);
  const result = await outcome(parts[name], say);
  say(`${name}: ${lastLine(result)} in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
  return result;
}

async function outcome(part: Part | undefined, say: Say): Promise<Result> {
  const failed: Result = { passed: 0, failed: 1, skipped: 0 };
  try {
    return (await part?.(filters, say)) ?? failed;
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n`);
    return failed;
  }
}

/** Tests that start the shop share one build, made before they need it. */
function afterBuild(run: Part): Part {
  return async (filters, say) => {
    if (!building && !isBuilt())
      building = step(
        (line) => say(`${line}\n`),
        "Pages built",
        () => build(),
      );
    await building;
    return run(filters, say);
  };
}
