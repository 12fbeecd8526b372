import { setTimeout as pause } from "node:timers/promises";
import { openBooks } from "../prove/record.ts";
import { type Addresses, startShop } from "../prove/shop.ts";
import { findBrowser } from "./find-browser.ts";
import { withReport } from "./report.ts";
import { fromPlaywright, type Result, total } from "./result.ts";
import { runProgram } from "./run-program.ts";

/** V1–V6 after everything the journeys did: each violation is a line, and fails the run. */
async function holds(shop: Addresses): Promise<Result> {
  const books = openBooks(shop);
  try {
    // What the last journey set off is let to its end first.
    for (let round = 0; round < 100 && (await books.openJobs()) > 0; round++) await pause(100);
    const broken = await books.violations();
    for (const line of broken) console.log(` ✗ ${line}`);
    return { passed: broken.length === 0 ? 1 : 0, failed: broken.length === 0 ? 0 : 1, skipped: 0 };
  } finally {
    await books.close();
  }
}

/**
 * Journeys against the real shop: first those that can share it, then, one by one, those that change its clock or what
 * the world around it does.
 */
export async function runBrowser(filters: string[]): Promise<Result> {
  const browser = await findBrowser();
  const { stop, ...addresses } = await startShop();
  const env = { ...browser, KRAFTVERK_E2E: JSON.stringify(addresses) };
  try {
    const results: Result[] = [];
    for (const project of ["journeys", "world"]) {
      const { report, code } = await withReport<Parameters<typeof fromPlaywright>[0]>(async (file) => {
        const parameters = ["test", `--project=${project}`, "--pass-with-no-tests", ...filters];
        return (await runProgram("playwright", parameters, { env: { ...env, KRAFTVERK_REPORT: file } })).code;
      });
      results.push(fromPlaywright(report, code));
    }
    results.push(await holds(addresses));
    return total(results);
  } finally {
    await stop();
  }
}
