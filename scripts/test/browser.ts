import { startShop } from "../prove/shop.ts";
import { findBrowser } from "./find-browser.ts";
import { withReport } from "./report.ts";
import { fromPlaywright, type Result, total } from "./result.ts";
import { runProgram } from "./run-program.ts";

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
    return total(results);
  } finally {
    await stop();
  }
}
