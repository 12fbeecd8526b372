import type { Amount, Card, DeclineClass, Interval, WithoutCard } from "./mail-facts.ts";

export type PaymentFailed = {
  /** `order`: a first payment, nothing was bought. `renewal`: of a membership that exists. */
  readonly occasion: "order" | "renewal";
  readonly productName: string;
  readonly sum: Amount;
  readonly declineClass: DeclineClass;
  readonly nextAttemptAt: Date | null;
  /** Until when a membership holds although it is not paid; null: it does not, or there is none yet. */
  readonly graceEndsAt: Date | null;
  readonly actionUrl: string;
};

export type PaymentNotice = {
  /** `recovered`: what had failed is paid. `locked`: the grace is over. `payer`: somebody else pays for a company from now on. */
  readonly what: "recovered" | "locked" | "payer";
  readonly productName: string;
  readonly organization: string | null;
  /** What was paid, is owed, or is charged next. */
  readonly sum: Amount;
  readonly nextPaymentAt: Date | null;
  /** The card that is charged as long as nobody changes it. */
  readonly card: Card | null;
  readonly url: string;
};

export type MembershipStarted = {
  readonly productName: string;
  readonly price: Amount;
  readonly interval: Interval;
  /** The campaign whose price it is, and the price after it where it ends. */
  readonly campaign: {
    readonly name: string;
    readonly durationMonths: number | null;
    readonly later: Amount | null;
  } | null;
  /** The trial that it begins with: when it ends, and how many days before that is told. */
  readonly trial: { readonly endsAt: Date; readonly noticeDays: number; readonly withoutCard?: WithoutCard } | null;
  readonly nextPaymentAt: Date | null;
  readonly next: Amount | null;
  readonly accountUrl: string;
};

export type TrialEnding = {
  readonly productName: string;
  readonly endsAt: Date;
  /** What is charged then, and every interval from then on. */
  readonly price: Amount;
  readonly interval: Interval;
  /** What comes then as long as there is no card; null: there is one. The link leads to the page for a card then. */
  readonly withoutCard?: WithoutCard;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};

/** What became of a wish that a membership becomes another. */
export type MembershipChange = {
  readonly what:
    | "ending"
    | "ended"
    | "trial_again"
    | "trial_over"
    | "trial_paused"
    | "trial_owed"
    | "kept"
    | "plan_changed"
    | "plan_scheduled"
    | "plan_waits"
    | "plan_failed"
    | "pausing"
    | "resumed"
    | "free"
    | "discount"
    | "discount_past"
    | "keep_too_late"
    | "discount_ended"
    | "price_scheduled"
    | "price_changed"
    | "price_waits"
    | "price_kept"
    | "terms_scheduled"
    | "terms_changed"
    | "seats_changed"
    | "seats_scheduled"
    | "seats_waits"
    | "seats_failed"
    | "units_changed"
    | "units_scheduled"
    | "units_waits"
    | "units_failed";
  /** Of seats, or of a membership that there are several of: how many there are then in all. */
  readonly seats?: number | null;
  readonly productName: string;
  /** What it becomes, where it becomes another. */
  readonly newProductName: string | null;
  /** The day on which it ends, changes or pauses. */
  readonly at: Date | null;
  /** It came later than it was told for, since that day; and what came of what was charged too much meanwhile, where anything was. */
  readonly lateSince?: Date | null;
  readonly lateMoney?: "paid_back" | "in_hand" | null;
  /** The day on which a pause ends by itself, or a change that waits for its payment is given up, or the grace of a bill ends. */
  readonly until: Date | null;
  /** What it costs from then on. */
  readonly price: Amount;
  /** What it costs when nothing is taken off any more, where something is. */
  readonly fullPrice: Amount | null;
  /** What it costs until then, where the price alone becomes another. */
  readonly priceBefore: Amount | null;
  readonly interval: Interval;
  /** Null: nothing more is charged. */
  readonly nextPaymentAt: Date | null;
  /** What is charged then, where something is taken off the price. */
  readonly nextPayment?: Amount | null;
  /** What is paid back with an end. */
  readonly refund: Amount | null;
  /** What a change has cost at once, or left over for the next bill; null: nothing. */
  readonly charged?: Amount | null;
  readonly credited?: Amount | null;
  /** What it costs for the rest of the period, where that comes with the next payment. */
  readonly carried?: Amount | null;
  /** Where a change that waits for its payment is paid. */
  readonly payUrl: string | null;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};

export type RenewalReceipt = {
  /** `change`: of a membership that became another, or goes on after a pause. */
  readonly occasion: "renewal" | "change";
  readonly number: string;
  readonly paidAt: Date;
  readonly productName: string;
  readonly periodStartAt: Date | null;
  readonly periodEndAt: Date | null;
  readonly total: Amount;
  /** The tax inside the total. */
  readonly tax: { readonly rateBps: number; readonly amount: number };
  readonly card: Card | null;
  /** Null when there is none: the membership ends. */
  readonly nextPaymentAt: Date | null;
  readonly next: Amount;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};
