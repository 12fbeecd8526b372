import type { Amount, Card, WithoutCard } from "./mail-facts.ts";

export type OrderConfirmation = {
  readonly number: string;
  readonly placedAt: Date;
  readonly currency: string;
  /** Minor units, tax included. */
  readonly lines: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly totalAmount: number;
    readonly taxRateBps: number;
  }[];
  readonly totalAmount: number;
  /** What is charged once the trial is over; null: there is none. */
  readonly trial: {
    readonly endsAt: Date;
    readonly noticeDays: number;
    readonly withoutCard?: WithoutCard;
    readonly later: Amount;
  } | null;
  /** The tax inside the total, per rate. */
  readonly taxes: readonly { readonly rateBps: number; readonly amount: number }[];
  readonly card: Card | null;
  readonly shippingAddress: {
    readonly name: string;
    readonly line1: string;
    readonly line2: string | null;
    readonly postalCode: string;
    readonly city: string;
    readonly country: string;
  } | null;
  /** `goods`: 14 days from receipt. `service`: 14 days from the order; with consent to start, used days are paid. */
  readonly withdrawal: readonly ("goods" | "service" | "service_started")[];
  /** `SECRET_LINK` for a guest's order, or the page in the account. */
  readonly orderUrl: string;
};

export type WithdrawalReceived = {
  readonly number: string;
  readonly receivedAt: Date;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  /** What is paid back by the rules; null when it came too late. */
  readonly refund: Amount | null;
  /** The last day for paying it back. */
  readonly refundDueAt: Date;
  readonly card: Card | null;
  /** For a service that had begun: whole days passed of the days that were paid for. */
  readonly used: { readonly days: number; readonly ofDays: number } | null;
  /** `return_goods`: paid back once they are here. `review`: a person looks first. */
  readonly follows: "refund" | "return_goods" | "review" | "too_late" | "nothing_owed";
  readonly endsMembership: boolean;
  /** `SECRET_LINK` for a guest, or the page in the account. */
  readonly orderUrl: string;
};

/** Staff pay back less than the rules gave, for goods whose value diminished. */
export type WithdrawalLowered = {
  readonly number: string;
  readonly sum: Amount;
  /** What the rules gave. */
  readonly whole: Amount;
  readonly reason: string;
  /** `SECRET_LINK` for a guest, or the page in the account. */
  readonly orderUrl: string;
};
export type WithdrawalRefused = { readonly number: string; readonly reason: string; readonly orderUrl: string };
/** What somebody without a link and an account said, acknowledged with its content, day and time. */
export type WithdrawalStated = {
  readonly number: string;
  readonly name: string;
  readonly email: string;
  readonly receivedAt: Date;
  /** `confirm`: carried out by the link. `taken`: that had happened before. `not_found`: no order has this number and address. */
  readonly follows: "confirm" | "taken" | "too_late" | "not_found";
  /** `SECRET_LINK`, or null where no order was found. */
  readonly withdrawUrl: string | null;
};
export type WithdrawalDismissed = { readonly number: string; readonly reason: string };
/** Its link is always secret. */
export type WithdrawalLink = { readonly number: string; readonly withdrawUrl: string };
export type RefundMade = {
  readonly number: string;
  readonly sum: Amount;
  readonly card: Card | null;
  readonly orderUrl: string;
};

export type GoodsShipped = {
  readonly number: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly shippingAddress: OrderConfirmation["shippingAddress"];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** Where the parcel can be followed. */
  readonly trackingUrl: string | null;
  /** `SECRET_LINK` for a guest, or the page in the account. */
  readonly orderUrl: string;
};
