import { styleText } from "node:util";
import type { Say } from "./in-turn.ts";
import { type Failure, keyOf, type Result } from "./result.ts";

/** More failures than this are not a test that met a slow moment. */
const most = 10;

/** What came out of one part, and a way to run some of its files again. */
export type Looked = {
  readonly name: string;
  readonly result: Result;
  readonly again: ((files: string[]) => Promise<Result>) | null;
};

/**
 * Runs the tests that failed once more, by themselves, when everything else is over. What passes then counts as passed
 * and is named as unsteady: somebody has to look at it, but a machine that stood still for a moment stops nobody. What
 * fails twice has failed. Nothing is run again when many failed or when something failed that no single test stands for.
 */
export async function secondLook({ name, result, again }: Looked, say: Say): Promise<Result> {
  const files = filesOf(result);
  if (!again || files.length === 0 || result.failed > most || result.failed !== result.failures.length) return result;
  say(`${styleText("bold", `\n── ${name}, once more: what failed, alone`)}\n`);
  const second = await again(files);
  // The run itself broke (no report, a process that fell): nothing is known, so the first look stands.
  if (second.failed !== second.failures.length) return result;
  const passes = new Set(second.passes);
  const steady = result.failures.filter((failure) => passes.has(keyOf(failure)));
  const failures = result.failures.filter((failure) => !passes.has(keyOf(failure)));
  const known = new Set(result.failures.map(keyOf));
  const fresh = second.failures.filter((failure) => !known.has(keyOf(failure)));
  for (const { title } of steady) say(` ${styleText("yellow", "!")} unsteady: failed, then passed alone: ${title}\n`);
  return {
    passed: result.passed + steady.length - fresh.length,
    failed: failures.length + fresh.length,
    skipped: result.skipped,
    failures: [...failures, ...fresh],
  };
}

/** Each failure with the first lines of what it said, so that the end of a long run tells what went wrong. */
export function sayFailures(looked: readonly Looked[], say: Say): void {
  for (const { name, result } of looked)
    for (const { title, message, file } of result.failures) {
      say(`\n ${styleText("red", "✗")} ${name}: ${title}${file ? ` (${file})` : ""}\n`);
      for (const line of firstLines(message)) say(`     ${line}\n`);
    }
}

function filesOf({ failures }: Result): string[] {
  const files = failures.flatMap(({ file }: Failure) => file ?? []);
  return files.length === failures.length ? [...new Set(files)] : [];
}

function firstLines(message: string): string[] {
  const lines = message.split("\n").filter((line) => line.trim() !== "" && !line.includes("/node_modules/"));
  return lines.slice(0, 12).map((line) => (line.length > 200 ? `${line.slice(0, 200)} …` : line));
}
