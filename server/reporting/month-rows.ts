/** What was counted of one kind of thing in one month; without a currency where money has no part in it. */
export type Counted = {
  /** `2026-11`, by the shop's clock. */
  readonly month: string;
  readonly currency: string | null;
  readonly count: number;
  readonly amount: number;
};

/** What happened in a month with memberships in one currency. Amounts in minor units. */
export type MonthRow = {
  readonly id: string;
  readonly month: string;
  readonly currency: string;
  readonly started: number;
  readonly ended: number;
  /** Of those that ended: for want of payment. */
  readonly lost: number;
  /** How many there were when the month was over, or are now. */
  readonly members: number;
  /** Of those that there were when it began, how many ended; in hundredths of a percent, null: there were none. */
  readonly churnBps: number | null;
  readonly charges: number;
  readonly charged: number;
  /** Tries that the bank refused. */
  readonly refusals: number;
  /** Charges that went through after a try that was refused. */
  readonly recoveries: number;
  readonly recovered: number;
  readonly refunds: number;
  readonly refunded: number;
  /** Seats of companies that were bought beside their plan, and those that were given up. */
  readonly moreSeats: number;
  readonly fewerSeats: number;
  /** All mails of the shop, whatever they were about; on the month's first row, else null. */
  readonly mails: number | null;
};

export type MonthFacts = {
  /** Memberships by currency when the first month begins. */
  readonly before: readonly { readonly currency: string; readonly count: number }[];
  readonly started: readonly Counted[];
  readonly ended: readonly Counted[];
  readonly lost: readonly Counted[];
  readonly charges: readonly Counted[];
  readonly refusals: readonly Counted[];
  readonly recoveries: readonly Counted[];
  readonly refunds: readonly Counted[];
  readonly moreSeats: readonly Counted[];
  readonly fewerSeats: readonly Counted[];
  readonly mails: readonly Counted[];
};

const USUAL_CURRENCY = "SEK";
const FIGURES = ["members", "started", "ended", "charges", "refusals", "refunds", "moreSeats", "fewerSeats"] as const;

/** A row for each month and each currency that has anything to tell of; pure. `months` in the order of time. */
export function monthRows(months: readonly string[], facts: MonthFacts): MonthRow[] {
  const { before, mails, ...rest } = facts;
  const known = [
    ...new Set([
      ...before.map((one) => one.currency),
      ...Object.values(rest).flatMap((list) => list.flatMap((one) => one.currency ?? [])),
    ]),
  ].toSorted();
  // Mails go out before anything is sold, too.
  const currencies = known.length === 0 ? [USUAL_CURRENCY] : known;
  const members = new Map(before.map(({ currency, count }) => [currency, count]));
  return months.flatMap((month) => {
    const mailed = mails.find((one) => one.month === month)?.count ?? 0;
    const told = currencies.map((currency) => {
      const of = (list: readonly Counted[]) =>
        list.find((one) => one.month === month && one.currency === currency) ?? { count: 0, amount: 0 };
      const had = members.get(currency) ?? 0;
      const [started, ended] = [of(facts.started).count, of(facts.ended).count];
      members.set(currency, had + started - ended);
      return {
        ...{ id: `${month} ${currency}`, month, currency, started, ended },
        lost: of(facts.lost).count,
        members: had + started - ended,
        churnBps: had === 0 ? null : Math.round((ended * 10_000) / had),
        charges: of(facts.charges).count,
        charged: of(facts.charges).amount,
        refusals: of(facts.refusals).count,
        recoveries: of(facts.recoveries).count,
        recovered: of(facts.recoveries).amount,
        refunds: of(facts.refunds).count,
        refunded: of(facts.refunds).amount,
        moreSeats: of(facts.moreSeats).amount,
        fewerSeats: of(facts.fewerSeats).amount,
        mails: null,
      };
    });
    const eventful = told.filter((row) => FIGURES.some((figure) => row[figure] > 0));
    const rows = eventful.length === 0 && mailed > 0 ? told.slice(0, 1) : eventful;
    return rows.map((row, index) => (index === 0 ? { ...row, mails: mailed } : row));
  });
}

export type MonthSums = {
  readonly money: readonly Pick<MonthRow, "currency" | "charged" | "recovered" | "refunded">[];
  readonly charges: number;
  readonly refusals: number;
  readonly recoveries: number;
  readonly started: number;
  readonly ended: number;
  readonly moreSeats: number;
  readonly fewerSeats: number;
  readonly mails: number;
};

/** What the rows come to together; money for each currency of its own. */
export function sumMonths(rows: readonly MonthRow[]): MonthSums {
  const sum = (of: (row: MonthRow) => number, among = rows) => among.reduce((total, row) => total + of(row), 0);
  const money = [...Map.groupBy(rows, (row) => row.currency)].map(([currency, among]) => ({
    currency,
    charged: sum((row) => row.charged, among),
    recovered: sum((row) => row.recovered, among),
    refunded: sum((row) => row.refunded, among),
  }));
  return {
    money,
    charges: sum((row) => row.charges),
    refusals: sum((row) => row.refusals),
    recoveries: sum((row) => row.recoveries),
    started: sum((row) => row.started),
    ended: sum((row) => row.ended),
    moreSeats: sum((row) => row.moreSeats),
    fewerSeats: sum((row) => row.fewerSeats),
    mails: sum((row) => row.mails ?? 0),
  };
}
