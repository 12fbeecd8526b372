import { styleText } from "node:util";
import type { Say } from "../in-turn.ts";
import type { Failure, Result } from "../result.ts";
import { type Check, checks } from "./checks.ts";

/** Two at a time: most of a check is one busy thread, and two cores are what is promised. */
const atOnce = 2;

/** Every check that reads the project without running it; each is one test. Filters pick checks by name. */
export async function runStatic(filters: string[], say: Say): Promise<Result> {
  const wanted = checks.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));
  const queue = [...wanted];
  const failures: Failure[] = [];
  const lane = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const message = await complaintOf(check, say);
      if (message !== null) failures.push({ title: check.name, message, file: null });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { passed: wanted.length - failures.length, failed: failures.length, skipped: 0, failures };
}

/** Runs a check and says how it went; what it complains about, or null. */
async function complaintOf({ name, run }: Check, say: Say): Promise<string | null> {
  const begin = performance.now();
  const { ok, output } = await run().catch((error) => ({ ok: false, output: String(error) }));
  const elapsed = styleText("dim", `${((performance.now() - begin) / 1000).toFixed(1)} s`);
  say(`${ok ? styleText("green", " ✓") : styleText("red", " ✗")} ${name} ${elapsed}\n`);
  if (!ok || output.startsWith("note:")) {
    const indented = output
      .replace(/^note:\s*/, "")
      .trimEnd()
      .replace(/^/gm, "   ");
    say(`${indented}\n`);
  }
  return ok ? null : output;
}
