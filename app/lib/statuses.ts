import type { CheckoutStatus } from "../../server/checkout/checkout-status.ts";
import type { AdjustmentState } from "../../server/credits/adjustment-state.ts";
import type { FulfilmentStatus } from "../../server/fulfilment/fulfilment-status.ts";
import type { EmailStatus } from "../../server/messaging/email-status.ts";
import type { OrderStatus } from "../../server/orders/order-status.ts";
import type { PaymentStatus } from "../../server/payments/payment-status.ts";
import type { PayoutStatus } from "../../server/payments/payout-status.ts";
import type { RefundStatus } from "../../server/payments/refund-status.ts";
import type { CampaignStatus } from "../../server/pricing/campaign-status.ts";
import type { InvoiceStatus } from "../../server/subscriptions/invoice-status.ts";
import type { SubscriptionStatus } from "../../server/subscriptions/subscription-status.ts";
import type { WebhookEventStatus } from "../../server/webhooks/webhook-event-status.ts";
import type { StatementStatus } from "../../server/withdrawals/statement-status.ts";
import type { WithdrawalStatus } from "../../server/withdrawals/withdrawal-status.ts";
import { fillMessage, type MessageKey } from "./i18n/translate.ts";
import type { Locale } from "./locale.ts";

export type Tone = "neutral" | "info" | "ok" | "warn" | "bad" | "campaign";

export type StatusIcon =
  | "clock"
  | "progress"
  | "hand"
  | "check"
  | "cross"
  | "question"
  | "return"
  | "dispute"
  | "minus"
  | "pause"
  | "hourglass"
  | "pen"
  | "truck"
  | "live";

type Look = { tone: Tone; icon: StatusIcon };

type StatesByNoun = {
  payment: PaymentStatus;
  /** `ending` is an active membership that will not renew; `free`, one that costs nothing for a time that it was given. */
  membership: SubscriptionStatus | "ending" | "free";
  order: OrderStatus;
  checkout: CheckoutStatus;
  fulfilment: FulfilmentStatus;
  invoice: InvoiceStatus;
  /** `processing` is a stored webhook whose job is running. */
  webhook: WebhookEventStatus | "processing";
  mail: EmailStatus;
  /** `scheduled` is an active campaign whose period has not begun. */
  campaign: CampaignStatus | "scheduled";
  /** A transfer to the shop's bank. */
  payout: PayoutStatus;
  refund: RefundStatus;
  withdrawal: WithdrawalStatus;
  /** Said by somebody without a link and an account. */
  withdrawal_statement: StatementStatus;
  /** Of a customer's credits, by staff. */
  adjustment: AdjustmentState;
};

export type StatusNoun = keyof StatesByNoun;
export type StatusOf<Noun extends StatusNoun> = StatesByNoun[Noun];

const look = (tone: Tone, icon: StatusIcon): Look => ({ tone, icon });

/** How each state looks, once for the whole product. A state without an entry does not compile. */
const LOOKS: { [Noun in StatusNoun]: Record<StatusOf<Noun>, Look> } = {
  payment: {
    pending: look("neutral", "clock"),
    processing: look("info", "progress"),
    requires_action: look("warn", "hand"),
    paid: look("ok", "check"),
    failed: look("bad", "cross"),
    unknown: look("warn", "question"),
    partially_refunded: look("info", "return"),
    refunded: look("info", "return"),
    disputed: look("bad", "dispute"),
    cancelled: look("neutral", "minus"),
  },
  membership: {
    incomplete: look("info", "clock"),
    incomplete_expired: look("neutral", "minus"),
    trialing: look("info", "hourglass"),
    free: look("info", "hourglass"),
    active: look("ok", "check"),
    ending: look("warn", "hourglass"),
    past_due: look("bad", "cross"),
    unpaid: look("bad", "cross"),
    paused: look("neutral", "pause"),
    canceled: look("neutral", "minus"),
  },
  order: {
    awaiting_payment: look("neutral", "clock"),
    confirmed: look("ok", "check"),
    completed: look("ok", "check"),
    cancelled: look("neutral", "minus"),
  },
  checkout: {
    created: look("info", "progress"),
    open: look("neutral", "clock"),
    unknown: look("warn", "question"),
    completed: look("ok", "check"),
    expired: look("neutral", "minus"),
    failed: look("bad", "cross"),
  },
  fulfilment: {
    not_started: look("neutral", "clock"),
    in_production: look("info", "progress"),
    shipped: look("ok", "truck"),
    stopped: look("bad", "cross"),
    cancelled: look("neutral", "minus"),
  },
  invoice: {
    draft: look("neutral", "pen"),
    open: look("warn", "clock"),
    paid: look("ok", "check"),
    void: look("neutral", "minus"),
    uncollectible: look("bad", "cross"),
  },
  webhook: {
    received: look("neutral", "clock"),
    processing: look("info", "progress"),
    handled: look("ok", "check"),
    ignored: look("neutral", "minus"),
    retrying: look("warn", "return"),
    dead: look("bad", "cross"),
    discarded: look("neutral", "minus"),
  },
  mail: {
    queued: look("neutral", "clock"),
    sending: look("info", "progress"),
    sent: look("ok", "check"),
    failed: look("bad", "cross"),
    stopped: look("neutral", "minus"),
  },
  campaign: {
    draft: look("neutral", "pen"),
    scheduled: look("info", "clock"),
    active: look("campaign", "live"),
    ended: look("neutral", "minus"),
    deleted: look("neutral", "cross"),
  },
  payout: {
    pending: look("neutral", "clock"),
    in_transit: look("info", "progress"),
    paid: look("ok", "check"),
    failed: look("bad", "cross"),
    canceled: look("neutral", "minus"),
  },
  refund: {
    requested: look("neutral", "clock"),
    sent: look("info", "progress"),
    unknown: look("warn", "question"),
    processing: look("info", "progress"),
    succeeded: look("ok", "return"),
    failed: look("bad", "cross"),
  },
  withdrawal: {
    received: look("info", "clock"),
    needs_review: look("warn", "hand"),
    refunding: look("info", "progress"),
    refunded: look("ok", "return"),
    refused: look("neutral", "cross"),
  },
  withdrawal_statement: {
    received: look("info", "clock"),
    unconfirmed: look("info", "clock"),
    unmatched: look("warn", "question"),
    carried_out: look("ok", "return"),
    overtaken: look("neutral", "minus"),
    dismissed: look("neutral", "cross"),
  },
  adjustment: {
    waits: look("warn", "hand"),
    refused: look("neutral", "minus"),
    under_way: look("info", "progress"),
    done: look("ok", "check"),
    insufficient: look("bad", "cross"),
  },
};

export type StatusView = Look & { message: MessageKey };

/** Word, tone and icon of a state. The word is a message key; `ending` and `retrying` take a date or time. */
export function statusView<Noun extends StatusNoun>(noun: Noun, state: StatusOf<Noun>): StatusView {
  const looks: Record<string, Look> = LOOKS[noun];
  return { ...(looks[state] ?? look("neutral", "question")), message: statusMessage(noun, state) };
}

/** Every state of a noun, for the component page and its test. */
export function statesOf<Noun extends StatusNoun>(noun: Noun): StatusOf<Noun>[] {
  return Object.keys(LOOKS[noun]) as StatusOf<Noun>[];
}

export const STATUS_NOUNS = Object.keys(LOOKS) as StatusNoun[];

/** A state that is known at run time alone, in words; one that the noun has not is shown as it is. */
export function stateWord(noun: StatusNoun, state: string, locale: Locale): string {
  const known = statesOf(noun).find((one) => one === state);
  return known ? fillMessage(locale, statusView(noun, known).message, { date: "", time: "" }).trim() : state;
}

function statusMessage<Noun extends StatusNoun>(noun: Noun, state: StatusOf<Noun>): MessageKey {
  return `statuses.${noun}.${state}` as MessageKey;
}
