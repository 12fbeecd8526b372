import { amountOfSeats, type Discount, discounted, type Membership, renewalDate } from "../subscriptions/index.ts";
import { type Charge, chargeCalendar } from "./charge-calendar.ts";

/** For how many months, and by which share in basis points, staff take something off. */
const DISCOUNT_MONTHS = [1, 2, 3, 6, 12, 24] as const;
const DISCOUNT_SHARES = [1000, 2000, 2500, 3000, 5000, 7500, 10_000] as const;
const MONTH = { interval: "month", intervalCount: 1 };

type Running = Pick<
  Membership,
  | "status"
  | "amount"
  | "extraSeats"
  | "seatAmount"
  | "interval"
  | "intervalCount"
  | "anchorAt"
  | "currentPeriodEndAt"
  | "cancelAt"
  | "pauseAt"
  | "resumeAt"
>;

/** The charges that money off from now would be taken off: those of the coming months, counted from now as the provider does. */
export function discountedCharges(of: Running, months: number, now: Date): Charge[] {
  const until = renewalDate(now, MONTH, months);
  return chargeCalendar({ ...of, scheduled: null, unpaid: null, discount: null, carriedAmount: 0 }, now, until);
}

/**
 * For how many months from `now` on money off is given that was asked for earlier, for `months` from then: as few as reach the charges
 * that are left of those that were shown; 0: none is.
 */
export function monthsLeft(of: Running, { months, askedAt }: { months: number; askedAt: Date }, now: Date): number {
  const until = renewalDate(askedAt, MONTH, months);
  const plain = { ...of, scheduled: null, unpaid: null, discount: null, carriedAmount: 0 };
  const left = chargeCalendar(plain, now, until).length;
  for (let fewer = 0; fewer < months; fewer++) if (discountedCharges(of, fewer, now).length >= left) return fewer;
  return months;
}

const DAY_MS = 86_400_000;
/** How far the provider's clock may be from ours. */
const APART_MS = 500;

/**
 * For how many milliseconds money off has to wait that would be given at `now`. The provider counts its months from the second
 * in which it is given and takes nothing off a bill of the very second in which they end, so what is given at the time of day
 * of the bills (`billedAt`: when one of them comes) may be worth a bill less than was shown.
 */
export function untilClearOfBills(billedAt: Date | null, now: Date): number {
  if (billedAt === null) return 0;
  const sinceBegin = now.getTime() - billedAt.getTime() + APART_MS;
  const inDay = ((sinceBegin % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.max(0, 1000 + 2 * APART_MS - inDay);
}

/** What can be taken off now: for how long, off how many charges, the last of them when; a share and what is charged then. */
export function discountChoices(of: Running, now: Date) {
  return {
    months: DISCOUNT_MONTHS.flatMap((months) => {
      const charges = discountedCharges(of, months, now);
      const last = charges.at(-1);
      return last ? [{ months, charges: charges.length, lastAt: last.at }] : [];
    }),
    shares: DISCOUNT_SHARES.map((bps) => ({ bps, amount: discounted(of.amount, whole(bps), now, amountOfSeats(of)) })),
  };
}

const whole = (bps: number): Discount => ({ bps, amount: null, untilAt: null });
