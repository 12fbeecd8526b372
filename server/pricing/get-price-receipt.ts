import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import type { Tx } from "../kernel/db.ts";
import { pricingErrors } from "./errors.ts";
import { reasonWords } from "./loss-reason.ts";
import type { LossReason } from "./price-decision.ts";
import { type ReceiptInputs, readReceiptInputs, reevaluateReceipt } from "./price-receipt.ts";

/** What is nobody's business but ours: a campaign that has not begun is not told of before it does. */
const UNSPOKEN: readonly LossReason[] = ["not_active", "not_started"];

async function findReceipt(tx: Tx, id: string) {
  const [row] = await tx
    .select({ receipt: priceReceipts, productName: products.name })
    .from(priceReceipts)
    .innerJoin(products, eq(products.id, priceReceipts.productId))
    .where(eq(priceReceipts.id, id));
  if (!row) throw pricingErrors.receiptNotFound({ id });
  return row;
}

/**
 * Why a price was what it was, for the one who paid it: what held, against which default and reference price, and which
 * other campaigns there were. Row-level security shows it to its owner and to staff. Throws `pricing.receipt_not_found`.
 */
export async function getPriceReceipt(tx: Tx, id: string) {
  const { receipt, productName } = await findReceipt(tx, id);
  const inputs = readReceiptInputs(receipt.inputs);
  return {
    ...shownOf(receipt, inputs),
    productName,
    others: othersOf(receipt.alternatives, inputs).filter(({ reason }) => !UNSPOKEN.includes(reason)),
  };
}

/** The same for staff: every alternative, the inputs as text, and whether the rule still comes to the same answer. */
export async function examinePriceReceipt(tx: Tx, id: string) {
  const { receipt, productName } = await findReceipt(tx, id);
  const inputs = readReceiptInputs(receipt.inputs);
  return {
    ...shownOf(receipt, inputs),
    productName,
    productId: receipt.productId,
    rule: receipt.rule,
    stripePriceId: receipt.stripePriceId,
    others: othersOf(receipt.alternatives, inputs),
    inputs: JSON.stringify(receipt.inputs, null, 2),
    reevaluation: reevaluateReceipt(receipt as Parameters<typeof reevaluateReceipt>[0]).outcome,
  };
}

type Row = typeof priceReceipts.$inferSelect;

function shownOf(receipt: Row, inputs: ReceiptInputs | null) {
  const winner = inputs?.candidates.find((one) => one.campaignId === receipt.campaignId) ?? null;
  return {
    id: receipt.id,
    at: receipt.createdAt,
    currency: receipt.currency ?? "SEK",
    amount: receipt.amount ?? 0,
    /** How many were to be bought at it. */
    quantity: inputs?.quantity ?? 1,
    interval: inputs?.defaultPrice.interval ?? null,
    intervalCount: receipt.intervalCount,
    taxRateBps: inputs?.taxRateBps ?? 0,
    defaultAmount: inputs?.defaultPrice.amount ?? null,
    lowest30Days: inputs?.lowest30Days ?? null,
    trialDays: inputs?.terms?.trialDays ?? 0,
    trialWithoutCard: inputs?.terms?.trialWithoutCard ?? null,
    setupFeeAmount: inputs?.terms?.setupFeeAmount ?? 0,
    campaign:
      receipt.campaignId === null ? null : { id: receipt.campaignId, name: winner?.campaignName ?? receipt.campaignId },
  };
}

/** Each alternative once, with its name and price and why it lost. */
function othersOf(alternatives: unknown, inputs: ReceiptInputs | null) {
  if (!Array.isArray(alternatives) || inputs === null) return [];
  return alternatives.flatMap((one: { campaignId: string; stripePriceId: string; lost: LossReason }) => {
    const candidate = inputs.candidates.find(
      (known) => known.campaignId === one.campaignId && known.stripePriceId === one.stripePriceId,
    );
    if (!candidate) return [];
    const { campaignName, amount, currency } = candidate;
    return [
      { campaignId: one.campaignId, campaignName, amount, currency, reason: one.lost, words: reasonWords(one.lost) },
    ];
  });
}
