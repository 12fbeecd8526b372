import { liveInOwnShop, type TimeMachineSize } from "../time-machine/own-shop.ts";
import type { Findings } from "./report.ts";

/** How long a year of 2,000 memberships may take at most, on two cores of which nobody else takes any. */
const MOST_SECONDS = 240;

/**
 * The time machine: memberships by the seed, half of them yearly, live through a year of the product's own code. It takes
 * no longer than it may, the invariants hold afterwards, and every calendar that nothing changed came true to the cent.
 */
export async function proveTimeMachine(of: TimeMachineSize, found: Findings): Promise<void> {
  const { joins, tries, took, steps, acts, facts, hash, broken, calendars, report } = await liveInOwnShop(
    of,
    found.say,
  );
  found.say(`${of.size} memberships, ${of.days} days in ${steps} steps, ${acts} acts: ${facts} facts are left behind`);
  for (const { currency, charged, recovered } of report.money)
    found.say(`  ${currency}: ${charged} charged, of it ${recovered} after a refusal (minor units)`);
  const { charges, refusals, recoveries, started, ended, moreSeats, fewerSeats, mails } = report;
  found.say(
    `  ${charges} charges, ${refusals} refusals, ${recoveries} recoveries; ${started} began, ${ended} ended; ${mails} mails`,
  );
  found.say(`  companies bought ${moreSeats} seats beside their plans and gave up ${fewerSeats}`);
  found.say(
    `  of these ${tries} charges and refusals in the days, after ${joins.members} joins of ${joins.seconds.toFixed(0)} s`,
  );
  found.say(`  fingerprint ${hash}`);
  const most = (MOST_SECONDS * of.size * of.days) / (2_000 * 365);
  const full = of.size >= 2_000 && of.days >= 365;
  if (full) found.check("a year is lived in time", took <= most, `${took.toFixed(1)} s of ${most.toFixed(0)}`);
  else found.say(`  ${took.toFixed(1)} s`);
  found.check("V1–V6 hold", broken.length === 0, broken.slice(0, 5).join("; "));
  found.check(
    `${calendars.members} calendars came true, ${calendars.charges} charges to the cent`,
    calendars.charges > 0 && calendars.wrong.length === 0,
    calendars.wrong.slice(0, 3).join("; "),
  );
}
