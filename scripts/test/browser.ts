import { readdirSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../prove/broken-invariants.ts";
import { type Addresses, type ShopUnderTest, startShop } from "../prove/shop.ts";
import { findBrowser } from "./find-browser.ts";
import { withReport } from "./report.ts";
import { fromPlaywright, type Result, total } from "./result.ts";
import { root, runProgram } from "./run-program.ts";

const PROJECTS = ["journeys", "world"] as const;
type Project = (typeof PROJECTS)[number];
type Outcome = { readonly result: Result; readonly said: string };

/** V1–V6 after everything the journeys did: each violation is a line, and fails the run. */
async function holds(shop: Addresses): Promise<Outcome> {
  const broken = await brokenInvariants(shop);
  const result = { passed: broken.length === 0 ? 1 : 0, failed: broken.length === 0 ? 0 : 1, skipped: 0 };
  return { result, said: broken.map((line) => ` ✗ ${line}\n`).join("") };
}

/** The groups that have anything to run; both when the words name no file. */
function projectsOf(filters: readonly string[]): Project[] {
  const named = PROJECTS.filter((project) =>
    readdirSync(join(root, "e2e", project)).some((file) =>
      filters.some((filter) => new RegExp(filter).test(`e2e/${project}/${file}`)),
    ),
  );
  return named.length > 0 ? named : [...PROJECTS];
}

/** Runs one group of journeys in a shop, and then looks whether its books hold. What a quiet one says comes at its end. */
async function runJourneys(
  project: Project,
  shop: ShopUnderTest,
  options: { env: Record<string, string>; filters: string[]; quiet: boolean },
): Promise<Outcome> {
  const { stop, ...addresses } = shop;
  const { filters, quiet } = options;
  let said = "";
  try {
    const { report, code } = await withReport<Parameters<typeof fromPlaywright>[0]>(async (file) => {
      const env = { ...options.env, KRAFTVERK_E2E: JSON.stringify(addresses), KRAFTVERK_REPORT: file };
      const parameters = ["test", `--project=${project}`, `--output=test-results/${project}`, "--pass-with-no-tests"];
      const run = await runProgram("playwright", [...parameters, ...filters], { env, quiet });
      said = run.output;
      return run.code;
    });
    const books = await holds(addresses);
    return { result: total([fromPlaywright(report, code), books.result]), said: said + books.said };
  } finally {
    await stop();
  }
}

/**
 * Journeys against the real shop, in two shops beside each other: those that can share one, and, one by one, those that
 * change its clock or what the world around it does. Each of them waits for the other's processes more than it works.
 */
export async function runBrowser(filters: string[]): Promise<Result> {
  const env = await findBrowser();
  const running: Promise<Outcome>[] = [];
  for (const project of projectsOf(filters)) {
    const shop = startShop();
    running.push(shop.then((ready) => runJourneys(project, ready, { env, filters, quiet: running.length > 1 })));
    // One after the other, so that both cannot pick the same free ports.
    await shop.catch(() => {});
  }
  const outcomes = await Promise.allSettled(running);
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") process.stdout.write(outcome.value.said);
    else console.error(outcome.reason instanceof Error ? outcome.reason.message : outcome.reason);
  }
  const failed: Result = { passed: 0, failed: 1, skipped: 0 };
  return total(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.result : failed)));
}
