import type { Joined } from "./acts.ts";
import { inTurns } from "./in-turns.ts";
import type { Machine } from "./machine.ts";

type Foretold = {
  readonly joined: Joined;
  /** When it was asked for. */
  readonly asked: Date;
  readonly charges: readonly { readonly at: Date; readonly amount: number }[];
};
export type CalendarsHeld = {
  /** Members who changed nothing, and whose bank refused nothing. */
  readonly members: number;
  readonly charges: number;
  /** A line for each whose calendar was not what was charged. */
  readonly wrong: readonly string[];
};

/** The calendar of the coming year of everybody who will change nothing, as their page shows it. */
export async function readCalendars(everybody: readonly Joined[], asked: Date): Promise<Foretold[]> {
  const steady = everybody.filter(({ member }) => member.fate.kind === "steady");
  return inTurns(steady, async (joined) => ({
    ...{ joined, asked },
    charges: (await joined.browser.caller.billing.memberships.calendar()).charges,
  }));
}

/** Holds what was foretold until an instant against what was charged: every day and every cent. */
export async function compareCalendars(
  { sql }: Pick<Machine, "sql">,
  foretold: readonly Foretold[],
  until: Date,
): Promise<CalendarsHeld> {
  const rows = await sql<{ subscription_id: string; day: string; amount: string }[]>`
    select subscription_id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, amount_paid as amount from invoices
    where reason <> 'subscription_create' and amount_paid > 0 order by created_at`;
  const charged = Map.groupBy(rows, (row) => row.subscription_id);
  const wrong: string[] = [];
  let charges = 0;
  for (const { joined, asked, charges: expected } of foretold) {
    const due = expected.filter(({ at }) => at < until);
    charges += due.length;
    const told = due.map(({ at, amount }) => `${at.toISOString().slice(0, 10)} ${amount}`).join(", ");
    const since = asked.toISOString().slice(0, 10);
    const real = (charged.get(joined.id) ?? []).filter(({ day }) => day > since);
    const was = real.map(({ day, amount }) => `${day} ${amount}`).join(", ");
    if (told !== was) wrong.push(`${joined.member.email}: foretold ${told || "nothing"}, charged ${was || "nothing"}`);
  }
  return { members: foretold.length, charges, wrong };
}
