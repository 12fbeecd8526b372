import { readdirSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../prove/broken-invariants.ts";
import { type Addresses, type ShopUnderTest, startShop } from "../prove/shop.ts";
import { findBrowser } from "./find-browser.ts";
import { inTurn, type Say } from "./in-turn.ts";
import { LEFT_TAG, leavesOut } from "./left-to-prove.ts";
import { withReport } from "./report.ts";
import { fromPlaywright, notRun, type Result, total } from "./result.ts";
import { root, runProgram } from "./run-program.ts";

const PROJECTS = ["journeys", "world"] as const;
type Project = (typeof PROJECTS)[number];

/** V1–V6 after everything the journeys did: each violation is a line, and fails the run. */
async function holds(shop: Addresses, say: Say): Promise<Result> {
  const broken = await brokenInvariants(shop);
  for (const line of broken) say(` ✗ ${line}\n`);
  if (broken.length === 0) return { passed: 1, failed: 0, skipped: 0, failures: [] };
  const message = broken.join("\n");
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title: "the books hold", message, file: null }] };
}

/** The groups that have anything to run; both when the words name no file. A word may end with the line of a test. */
function projectsOf(filters: readonly string[]): Project[] {
  const named = PROJECTS.filter((project) =>
    readdirSync(join(root, "e2e", project)).some((file) =>
      filters.some((filter) => new RegExp(filter.replace(/:\d+$/, "")).test(`e2e/${project}/${file}`)),
    ),
  );
  return named.length > 0 ? named : [...PROJECTS];
}

/** Runs one group of journeys in a shop, and then looks whether its books hold. */
async function runJourneys(
  project: Project,
  shop: ShopUnderTest,
  options: { env: Record<string, string>; filters: string[]; say: Say; again: boolean },
): Promise<Result> {
  const { stop, ...addresses } = shop;
  const { filters, say, again } = options;
  try {
    const { report, code } = await withReport<Parameters<typeof fromPlaywright>[0]>(async (file) => {
      const trace = process.env.KRAFTVERK_TRACE ?? (again ? "1" : "0");
      const told = { KRAFTVERK_E2E: JSON.stringify(addresses), KRAFTVERK_REPORT: file, KRAFTVERK_TRACE: trace };
      const env = { ...options.env, ...told };
      const output = `--output=test-results/${project}${again ? "-again" : ""}`;
      const parameters = ["test", `--project=${project}`, output, "--pass-with-no-tests"];
      if (leavesOut(filters)) parameters.push(`--grep-invert=${LEFT_TAG}`);
      return (await runProgram("playwright", [...parameters, ...filters], { env, say })).code;
    });
    return total([fromPlaywright(report, code), await holds(addresses, say)]);
  } finally {
    await stop();
  }
}

/**
 * Journeys against the real shop, in two shops beside each other: those that can share one, and, one by one, those that
 * change its clock or what the world around it does. Each of them waits for the other's processes more than it works.
 */
export async function runBrowser(filters: string[], say: Say, again = false): Promise<Result> {
  const env = await findBrowser(say);
  const introduce = inTurn(say);
  const running: Promise<Result>[] = [];
  for (const project of projectsOf(filters)) {
    const shop = startShop();
    const speaker = introduce();
    const group = shop
      .then((ready) => runJourneys(project, ready, { env, filters, say: speaker.say, again }))
      .catch((error): Result => {
        speaker.say(`${error instanceof Error ? error.message : error}\n`);
        return notRun(error);
      });
    running.push(group.finally(speaker.finish));
    // One after the other, so that both cannot pick the same free ports.
    await shop.catch(() => {});
  }
  return total(await Promise.all(running));
}
