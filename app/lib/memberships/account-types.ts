import type { AppLoadContext } from "@remix-run/node";
import type { RenewalFacts } from "../checkout/price-view.ts";
import type { Interval } from "../format/money.ts";
import type { Locale } from "../locale.ts";
import { namedUnits } from "./named-units.ts";

type Caller = AppLoadContext["caller"];
type MembershipRow = Awaited<ReturnType<Caller["subscriptions"]["mine"]["list"]>>["items"][number];
type InvoiceRow = Awaited<ReturnType<Caller["billing"]["invoices"]["mine"]>>["items"][number];

export type BuyerOrder = Awaited<ReturnType<Caller["orders"]["byRef"]>>;

/** A member's own membership, named in their language, with how many of it they have. */
export type OwnMembership = Omit<MembershipRow, "productName"> & {
  productName: string;
  /** Its name alone. */
  plainName: string;
};
/** A member's own invoice, named in their language. */
export type OwnInvoice = Omit<InvoiceRow, "productName"> & { productName: string | null };

export function ownMembership(row: MembershipRow, locale: Locale): OwnMembership {
  const plainName = row.productName[locale];
  return { ...row, plainName, productName: namedUnits(plainName, row.units) };
}

export function ownInvoice(row: InvoiceRow, locale: Locale): OwnInvoice {
  return { ...row, productName: row.productName?.[locale] ?? null };
}

/** The interval of a membership, as prices are written with it. */
export function intervalOf(of: { interval: string; intervalCount: number }): Interval {
  const unit = (["day", "week", "month", "year"] as const).find((name) => name === of.interval) ?? "month";
  return { unit, count: of.intervalCount };
}

/** A membership that still gives something or still costs something. */
export function isRunning(membership: Pick<OwnMembership, "status">): boolean {
  return membership.status !== "canceled" && membership.status !== "incomplete_expired";
}

/** When money is drawn for it next; null when it will end, has ended, or rests until its member says so. */
export function nextPaymentAt(
  membership: Pick<
    OwnMembership,
    "status" | "cancelAt" | "pauseAt" | "resumeAt" | "currentPeriodEndAt" | "withoutCard"
  >,
): OwnMembership["currentPeriodEndAt"] {
  if (membership.pauseAt !== null && membership.status !== "canceled") return membership.resumeAt;
  const renews =
    membership.status === "active" || (membership.status === "trialing" && membership.withoutCard === null);
  return renews && membership.cancelAt === null ? membership.currentPeriodEndAt : null;
}

/** The trial that a membership runs in: what is charged when it is over; null: none runs. */
export function trialOf({
  status,
  trialEndAt,
  startedAt,
  amount,
  currency,
  withoutCard,
}: OwnMembership): RenewalFacts["trial"] {
  if (status !== "trialing" || trialEndAt === null) return null;
  const days = startedAt ? (new Date(trialEndAt).getTime() - new Date(startedAt).getTime()) / 86_400_000 : 0;
  return { today: null, sum: { amount, currency }, endsAt: trialEndAt, noticeDays: days >= 7 ? 3 : 1, withoutCard };
}
