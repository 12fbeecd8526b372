import { sql } from "drizzle-orm";
import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { hashToken } from "../kernel/id.ts";
import { billingErrors } from "./errors.ts";

type Found = {
  subscription_id: string;
  stripe_subscription_id: string;
  status: string;
  product_name: { sv: string; en: string };
  currency: string;
  owed: string | null;
  payment_status: string | null;
  pay_url: string | null;
  next_attempt_at: string | null;
  card_brand: string | null;
  card_last4: string | null;
  card_page_id: string | null;
  trying: boolean;
  trial_end_at: string | null;
  trial_without_card: TrialWithoutCard | null;
  amount: string;
  units: number;
};

/** The membership that a mailed link leads to. Throws `billing.link_invalid`. */
export async function findByCardLink(ctx: Ctx, token: string): Promise<Found> {
  const named = sql`${hashToken(token)}, ${ctx.technical.now().toISOString()}::timestamptz`;
  const [found] = await ctx.db.transaction(
    (tx) =>
      tx.execute<Found>(
        sql`select * from app.card_link(${named}), app.card_link_trial(${named}), app.card_link_units(${named})`,
      ),
    { readOnly: true },
  );
  if (!found) throw billingErrors.linkInvalid();
  return found;
}

/**
 * What whoever has a mailed link sees, without signing in: the plan and how many of it, what is owed for it, the last digits of the card; and
 * whether the bank waits for a yes (`approval`, with the provider's page for it). Nothing else. `page`:
 * the page for a card that they come from. Minor units. Throws
 * `billing.link_invalid`.
 */
export async function readCardLink(ctx: Ctx, { token, page }: { token: string; page?: string | undefined }) {
  const found = await findByCardLink(ctx, token);
  const owed = found.owed === null ? null : { amount: Number(found.owed), currency: found.currency };
  const waits = found.trying || (page !== undefined && found.card_page_id !== page);
  const approval = owed !== null && found.payment_status === "requires_action" && !waits;
  return {
    productName: found.product_name,
    /** How many of it. */
    units: found.units,
    owed,
    state: owed === null ? ("nothing_owed" as const) : approval ? ("approval" as const) : stateOf(found, waits),
    /** The card was just changed on the page that was named. */
    changed: page !== undefined && found.card_page_id === page,
    /** It began without a card: when the trial ends or did, what that brings or brought, and what is charged with a card; null: not so. */
    trial:
      found.trial_end_at === null || found.trial_without_card === null
        ? null
        : {
            endsAt: new Date(found.trial_end_at),
            withoutCard: found.trial_without_card,
            standing: standingOf(found.status),
            price: { amount: Number(found.amount), currency: found.currency },
          },
    approveUrl: approval ? found.pay_url : null,
    nextAttemptAt: found.next_attempt_at === null ? null : new Date(found.next_attempt_at),
    card: found.card_brand && found.card_last4 ? { brand: found.card_brand, last4: found.card_last4 } : null,
  };
}

/** `billed`: the trial is over and its bill is being made. */
function standingOf(status: string): "runs" | "paused" | "billed" {
  if (status === "trialing") return "runs";
  return status === "paused" ? "paused" : "billed";
}

function stateOf({ payment_status: status }: Found, waits: boolean): "in_flight" | "unknown" | "owed" {
  if (status === "unknown") return "unknown";
  return waits || status === "processing" ? "in_flight" : "owed";
}
