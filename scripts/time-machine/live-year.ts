import { readMonths } from "../../server/reporting/month-report.ts";
import { violations } from "../prove/invariants.ts";
import { actsOf, type Joined, join } from "./acts.ts";
import { compareCalendars, readCalendars } from "./calendars.ts";
import { JOINING_DAYS, membersOf } from "./fates.ts";
import { fingerprintOf, leftBehind } from "./fingerprint.ts";
import { inTurns } from "./in-turns.ts";
import type { Machine } from "./machine.ts";

export type YearAsked = {
  readonly seed: number;
  readonly size: number;
  readonly days: number;
  readonly startsAt: Date;
};

const REST_DAYS = 30;
const DAY_MS = 86_400_000;
/** Nothing of a day is left over by then: what renews in the night is paid. */
const HOURS_LATER_MS = 8 * 3_600_000;

export type LivedYear = Awaited<ReturnType<typeof liveYear>>;

/** Lets so many members join and live so many days, and says what came of it. */
export async function liveYear(machine: Machine, asked: YearAsked, say: (line: string) => void = () => {}) {
  const began = performance.now();
  const everybody = await letJoin(machine, asked);
  const yearAt = asked.startsAt.getTime() + JOINING_DAYS * DAY_MS + HOURS_LATER_MS;
  await machine.goTo(new Date(yearAt));
  const joins = { members: everybody.length, seconds: (performance.now() - began) / 1000 };
  say(`${joins.members} members joined in ${joins.seconds.toFixed(0)} s`);
  const calendars = await readCalendars(everybody, new Date(yearAt));

  const started = performance.now();
  let steps = 0;
  const goTo = async (day: number, through = false) => {
    steps += await machine.goTo(new Date(yearAt + day * DAY_MS), through);
  };
  const acts = actsOf(everybody).filter(({ day }) => day < asked.days);
  let rested = 0;
  for (const day of new Set(acts.map((act) => act.day))) {
    // Once a month the clock stops for the provider to be compared with the shop.
    const rests = day - rested >= REST_DAYS;
    if (rests) rested = day;
    await goTo(day, !rests);
    await inTurns(
      acts.filter((act) => act.day === day),
      (act) => act.run(machine),
    );
  }
  await goTo(asked.days);
  const until = new Date(yearAt + asked.days * DAY_MS);
  const took = (performance.now() - started) / 1000;
  say(`${asked.days} days went by in ${took.toFixed(0)} s`);
  const lines = await leftBehind(machine);
  return {
    ...{ joins, took, steps, lines, facts: lines.length, acts: acts.length },
    tries: await countTries(machine, new Date(yearAt)),
    hash: fingerprintOf(lines),
    report: await readReport(machine, new Date(yearAt), until),
    broken: await violations(machine.sql, { atRest: true }),
    calendars: await compareCalendars(machine, calendars, until),
  };
}

async function letJoin(machine: Machine, asked: YearAsked): Promise<Joined[]> {
  const members = membersOf(asked);
  const everybody: Joined[] = [];
  for (const day of [...new Set(members.map((member) => member.joins))].toSorted((a, b) => a - b)) {
    // Through: what everybody has bought is compared with the provider when all have.
    if (day > 0) await machine.goTo(new Date(asked.startsAt.getTime() + day * DAY_MS), true);
    const batch = members.filter((member) => member.joins === day);
    everybody.push(...(await inTurns(batch, (member) => join(machine, member))));
  }
  return everybody;
}

/** What the back office's report says of the months of that year. */
function readReport({ runtime }: Machine, from: Date, to: Date) {
  const ctx = runtime.ctx({ kind: "system", name: "time machine" }, "time-machine", runtime.service);
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const asked = { from: day(from), to: day(to), limit: 24 };
  return ctx.db.transaction(async (tx) => (await readMonths(tx, asked)).sums, { readOnly: true });
}

/** What was charged and refused since an instant: renewals and their later tries, not what was bought before. */
async function countTries({ sql }: Machine, since: Date): Promise<number> {
  const [row] = await sql<{ tries: number }[]>`
    select count(*)::int as tries from payment_attempts where at > ${since.toISOString()} and outcome <> 'pending'`;
  return row?.tries ?? 0;
}
