import { runBrowser } from "../test/browser.ts";
import { LEFT_FILES } from "../test/left-to-prove.ts";
import type { Result } from "../test/result.ts";
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
  "R4: six events of a plan's life in thirty orders": "server/checkout/buy-plan",
  "R4: a purchase's notifications in all their orders": "server/checkout/converge-checkout",
  "announcements in all their orders": "server/pricing/announcement-order",
  "R28: fifteen sets of memberships, none sees another's": "server/organizations/tenancy",
  "A13: killed in the middle of moving six": "worker/killed-move",
};

/** Runs each at full size, on a database of its own, and then what `npm test` leaves out. */
export async function proveSuites(found: Findings): Promise<void> {
  process.env.KRAFTVERK_FULL_SIZE = "1";
  const say = (text: string) => void process.stdout.write(text);
  const prove = async (what: string, run: Promise<Result>) => {
    const { passed, failed } = await run;
    found.check(what, failed === 0 && passed > 0, `${passed} passed, ${failed} failed`);
  };
  for (const [what, file] of Object.entries(SUITES)) await prove(what, runVitest("db", [file], say));
  await prove("the stand-in, plans and trials in depth, the same days twice", runVitest("db", LEFT_FILES, say));
  await prove("every journey", runBrowser([], say));
}
