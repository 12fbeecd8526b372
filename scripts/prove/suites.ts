import { runVitest } from "../test/vitest.ts";
import type { Findings } from "./report.ts";

/** Tests of `npm test` that say two sizes (`scripts/test/size.ts`), and what they prove. */
const SUITES = {
  "R4: a membership's notifications in 720 orders": "server/billing/orders-of-notifications",
  "R21: 36 months on the clock": "server/billing/months-on-the-clock",
  "R28: 10,000 requests of fifty tenants": "drizzle/row-level-security",
  "R24: a thousand answers, a thousand nonces": "server/http/security-headers",
  "fifty thousand of everything, and no list reads a table from end to end": "server/reporting/lists-use-indexes",
  "R1, R7: recovered within 30 seconds": "worker/two-of-each",
  "R12: stopped within 10 seconds": "worker/run-job",
};

/** Runs each at full size, on a database of its own. */
export async function proveSuites(found: Findings): Promise<void> {
  process.env.KRAFTVERK_FULL_SIZE = "1";
  for (const [what, file] of Object.entries(SUITES)) {
    const { passed, failed } = await runVitest("db", [file], (text) => process.stdout.write(text));
    found.check(what, failed === 0 && passed > 0, `${passed} passed, ${failed} failed`);
  }
}
