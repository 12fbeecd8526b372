import { chargeOf, type Discount, discounted, type Every, renewalsBetween } from "../subscriptions/index.ts";

/** A price that renews, in minor units of the membership's currency, tax included. */
export type Renewing = Every & {
  readonly amount: number;
  /** What of it is for seats beside a plan. */
  readonly ofSeats?: number;
};

/** What of a membership decides what it will be charged. */
export type ChargeFacts = Renewing & {
  readonly status: string;
  /** Where its cycle is counted from; null: as far as we know, from the end of the period that runs. */
  readonly anchorAt: Date | null;
  readonly currentPeriodEndAt: Date | null;
  readonly cancelAt: Date | null;
  readonly pauseAt: Date | null;
  readonly resumeAt: Date | null;
  /** Another price that follows on a day. */
  readonly scheduled: (Renewing & { readonly at: Date }) | null;
  /** What is taken off every charge that comes before it ends. */
  readonly discount: Discount | null;
  /** What waits for its next invoice; negative: to the member's favour. */
  readonly carriedAmount: number;
  /** It is on trial without a card, and nothing is billed until one comes. */
  readonly withoutCard?: boolean;
  /** What is owed, and when the provider tries again. */
  readonly unpaid: { readonly amount: number; readonly nextAttemptAt: Date | null } | null;
};

export type Charge = {
  readonly at: Date;
  readonly amount: number;
  /**
   * `change`: the first at another price. `resume`: the first after a pause. `retry`: owed already. `last`: what a change left,
   * with the end.
   */
  readonly why: "renewal" | "change" | "resume" | "retry" | "last";
};

const RENEWING: readonly string[] = ["active", "trialing", "past_due"];

/**
 * Every charge of a membership from now to `until`, as long as nobody changes anything: pure, and proven by a year on the
 * clock. A failed charge that is tried again is one charge; what the bank says then is not foretold.
 */
export function chargeCalendar(of: ChargeFacts, now: Date, until: Date): Charge[] {
  const owed: Charge[] =
    of.unpaid?.nextAttemptAt && of.unpaid.nextAttemptAt < until
      ? [{ at: of.unpaid.nextAttemptAt, amount: of.unpaid.amount, why: "retry" }]
      : [];
  const coming = renewals(of, now, until).map(({ ofSeats, ...charge }) => ({
    ...charge,
    amount: discounted(charge.amount, of.discount, charge.at, ofSeats),
  }));
  return [...owed, ...withCarried(of, coming)].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** What waits comes with the first invoice, also with the one that the end brings. A bill may be less than nothing: that is kept. */
function withCarried(of: ChargeFacts, coming: readonly Charge[]): Charge[] {
  const [first, ...rest] = coming;
  if (of.carriedAmount === 0) return [...coming];
  if (first) return [{ ...first, amount: first.amount + of.carriedAmount }, ...rest];
  return of.cancelAt && RENEWING.includes(of.status)
    ? [{ at: of.cancelAt, amount: of.carriedAmount, why: "last" }]
    : [];
}

/**
 * What is charged of bills that one payer gets in one currency, in the order in which they come, by what the provider keeps for
 * them: a credit pays first, and a sum too small to charge waits.
 */
export function chargedOf<T extends Charge>(bills: readonly T[], kept: number, currency: string): T[] {
  let left = kept;
  return bills.flatMap((bill) => {
    // Its invoice is there already, and what was kept for the payer was taken off it.
    if (bill.why === "retry") return [bill];
    const met = chargeOf(bill.amount, left, currency);
    left = met.kept;
    return bill.why === "last" && met.charged === 0 ? [] : [{ ...bill, amount: met.charged }];
  });
}

type Coming = Charge & { readonly ofSeats: number };

function renewals(of: ChargeFacts, now: Date, until: Date): Coming[] {
  const { pauseAt, resumeAt, cancelAt, currentPeriodEndAt: end } = of;
  if (pauseAt) {
    if (!resumeAt || resumeAt >= until) return [];
    // A pause ends with a new cycle of its own.
    return inTurn(of, { anchor: resumeAt, from: resumeAt, until }).map((charge, index) =>
      index === 0 ? { ...charge, why: "resume" } : charge,
    );
  }
  if (!RENEWING.includes(of.status) || !end || of.withoutCard) return [];
  const last = cancelAt && cancelAt < until ? cancelAt : until;
  const from = end > now ? end : now;
  return inTurn(of, { anchor: of.anchorAt ?? end, from, until: last });
}

/** At the present price, and from its day on at the one that follows. */
function inTurn(of: ChargeFacts, { anchor, from, until: last }: { anchor: Date; from: Date; until: Date }): Coming[] {
  const { scheduled } = of;
  if (!scheduled || scheduled.at >= last) return cycle(of, anchor, from, last);
  const same = scheduled.interval === of.interval && scheduled.intervalCount === of.intervalCount;
  const after = cycle(scheduled, same ? anchor : scheduled.at, scheduled.at, last);
  return [
    ...cycle(of, anchor, from, scheduled.at),
    ...after.map((charge, index): Coming => (index === 0 ? { ...charge, why: "change" } : charge)),
  ];
}

function cycle(price: Renewing, anchor: Date, from: Date, until: Date): Coming[] {
  const { amount, ofSeats = 0 } = price;
  return renewalsBetween(anchor, price, from, until).map((at) => ({ at, amount, ofSeats, why: "renewal" }));
}
