// npm test [-- static|unit|db|browser …] [--once] [--whole] [filter …], on the pinned Node. `--once`: no second look at a failure.
// `--whole`: with what a run leaves out to stay short (left-to-prove.ts), as before every landing.
import { styleText } from "node:util";
import { build, isBuilt } from "../build.ts";
import { step } from "../run/progress.ts";
import { runBrowser } from "./browser.ts";
import { inTurn, type Say } from "./in-turn.ts";
import { WHOLE } from "./left-to-prove.ts";
import { lastLine, notRun, type Result, tally, total } from "./result.ts";
import { type Looked, sayFailures, secondLook } from "./second-look.ts";
import { runStatic } from "./static/run-static.ts";
import { runVitest } from "./vitest.ts";

type Part = (filters: string[], say: Say, again?: boolean) => Promise<Result>;

const parts: Record<string, Part> = {
  static: runStatic,
  unit: (filters, say) => runVitest("unit", filters, say),
  db: afterBuild((filters, say) => runVitest("db", filters, say)),
  browser: afterBuild(runBrowser),
};

/**
 * What runs one after the other, beside the other lanes: journeys wait for the shop's processes more than they work, and
 * so do the database tests, which both take the longest and therefore begin first. What they say is read part by part all the same.
 */
const lanes = [["static", "unit"], ["db"], ["browser"]];

// Whatever is running ends with this process: see runProgram.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.once("disconnect", () => process.exit(130));
process.channel?.unref();

const words = process.argv.slice(2);
const wanted = words.some((word) => word in parts) ? words : Object.keys(parts);
const filters = words.filter((word) => !(word in parts) && !word.startsWith("--"));
const once = words.includes("--once");
if (words.includes("--whole")) process.env[WHOLE] = "1";
const write: Say = (text) => void process.stdout.write(text);
const introduce = inTurn(write);
const speakers = new Map(Object.keys(parts).map((name) => [name, introduce()]));
let building: Promise<void> | undefined;

const looked = (await Promise.all(lanes.map(runLane))).flat();
sayFailures(looked, write);
const results: Result[] = [];
for (const part of looked) results.push(once ? part.result : await secondLook(part, write));
const all = total(results);
process.exitCode = all.failed > 0 ? 1 : 0;
console.log(all.skipped > 0 ? `\n${all.skipped} skipped` : "");
console.log(lastLine(all));

async function runLane(names: string[]): Promise<Looked[]> {
  const done: Looked[] = [];
  for (const name of names) {
    const speaker = speakers.get(name);
    if (speaker && wanted.includes(name)) done.push(await runPart(name, speaker.say));
    speaker?.finish();
  }
  return done;
}

async function runPart(name: string, say: Say): Promise<Looked> {
  const begin = performance.now();
  say(`${styleText("bold", `\n── ${name}`)}\n`);
  const result = await outcome(parts[name], filters, say);
  say(`${name}: ${tally(result)} in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
  // What reads the project without running it says the same again.
  return { name, result, again: name === "static" ? null : (files) => outcome(parts[name], files, write, true) };
}

async function outcome(part: Part | undefined, words: string[], say: Say, again = false): Promise<Result> {
  try {
    return (await part?.(words, say, again)) ?? notRun("There is no such part.");
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n`);
    return notRun(error);
  }
}

/** Tests that start the shop share one build, made before they need it. */
function afterBuild(run: Part): Part {
  return async (filters, say, again) => {
    if (!building && !isBuilt())
      building = step(
        (line) => say(`${line}\n`),
        "Pages built",
        () => build(),
      );
    await building;
    return run(filters, say, again);
  };
}
