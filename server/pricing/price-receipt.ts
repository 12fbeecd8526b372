import { z } from "zod";
import { type Currency, minorUnits } from "../kernel/money.ts";
import { type PricePeriod, reductionBegan, referencePrice } from "./lowest-price.ts";
import {
  type Candidate,
  type Decision,
  decidePrice,
  decidePriceFirst,
  FIRST_PRICE_RULE,
  PRICE_RULE,
  type PriceFacts,
} from "./price-decision.ts";
import type { ResolvedPrice } from "./resolve-price.ts";

/** Every rule that a stored receipt may name, by its name and version. One that is replaced stays here. */
const RULES: Readonly<Record<string, (facts: PriceFacts) => Decision>> = {
  [PRICE_RULE]: decidePrice,
  [FIRST_PRICE_RULE]: decidePriceFirst,
};

const WINDOW_MS = 31 * 86_400_000;
const instant = z.coerce.date();

const candidate = z.object({
  campaignId: z.string(),
  campaignName: z.string(),
  status: z.enum(["draft", "active", "ended", "deleted"]),
  startAt: instant.nullable(),
  endAt: instant.nullable(),
  durationMonths: z.number().nullable(),
  campaignPriceId: z.string(),
  stripePriceId: z.string(),
  state: z.enum(["pending", "usable", "unusable"]),
  problem: z.enum(["archived", "not_found", "no_plain_amount", "wrong_currency", "wrong_interval"]).nullable(),
  currency: z.string().nullable(),
  amount: z.number().nullable(),
  interval: z.string().nullable(),
  intervalCount: z.number().nullable(),
  version: z.number(),
  announcedAt: instant,
});

/** Everything that a price was decided from, as it was then: with it and the rule anybody comes to the same answer. */
const receiptInputs = z.object({
  at: instant,
  taxRateBps: z.number(),
  defaultPrice: z.object({
    id: z.string(),
    currency: z.custom<Currency>((code) => code === "SEK" || code === "EUR" || code === "USD"),
    amount: z.number().transform(minorUnits),
    interval: z.enum(["day", "week", "month", "year"]).nullable(),
    intervalCount: z.number().nullable(),
    stripePriceId: z.string().nullable(),
  }),
  candidates: z.array(candidate),
  /** What it was sold at in the days before, as far as the reference price needs it. */
  history: z.array(
    z.object({
      amount: z.number(),
      campaignId: z.string().nullable(),
      fromAt: instant,
      untilAt: instant.nullable(),
    }),
  ),
  lowest30Days: z.number().nullable(),
  /** What the buyer was given besides the amount; receipts from before there was such a thing have none. */
  terms: z
    .object({
      trialDays: z.number(),
      trialWithoutCard: z.enum(["cancel", "pause", "create_invoice"]).optional(),
      setupFeeAmount: z.number(),
    })
    .optional(),
  /** How many seats the amount is for, and what each beyond them costs; where none are sold there is nothing. */
  seats: z.object({ included: z.number(), each: z.number() }).optional(),
  /** How many were to be bought at it; one where nothing is said. */
  quantity: z.number().optional(),
});
export type ReceiptInputs = z.output<typeof receiptInputs>;

/** What a receipt says came of its inputs. */
export type ReceiptResult = {
  readonly amount: number;
  readonly campaignId: string | null;
  readonly stripePriceId: string;
  readonly lowest30Days: number | null;
  readonly alternatives: readonly {
    readonly campaignId: string;
    readonly stripePriceId: string;
    readonly lost: string;
  }[];
};

/** The inputs of a price as they are stored. */
export function receiptInputsOf(price: ResolvedPrice): ReceiptInputs {
  const { decision, terms } = price;
  const candidates = [
    ...(decision.winner ? [decision.winner] : []),
    ...decision.alternatives.map((alternative) => alternative.candidate),
  ];
  return {
    at: price.at,
    taxRateBps: price.product.taxRateBps,
    defaultPrice: price.defaultPrice,
    candidates: candidates.map(asStored),
    history: relevantHistory(price),
    lowest30Days: price.lowest30Days,
    ...(terms.trialDays > 0 || terms.setupFeeAmount > 0
      ? {
          terms: {
            ...{ trialDays: terms.trialDays, setupFeeAmount: terms.setupFeeAmount },
            ...(terms.trialWithoutCard ? { trialWithoutCard: terms.trialWithoutCard } : {}),
          },
        }
      : {}),
    ...(price.seats ? { seats: { included: price.seats.included, each: price.seats.each } } : {}),
  };
}

function asStored(one: Candidate): ReceiptInputs["candidates"][number] {
  // Only what the rule reads: rows carry more.
  return candidate.parse(one);
}

function relevantHistory({ decision, history, at }: ResolvedPrice): PricePeriod[] {
  const { winner, amount } = decision;
  if (winner === null) return [];
  const began = reductionBegan(history, { amount, campaignId: winner.campaignId }, at);
  const from = began.getTime() - WINDOW_MS;
  return history
    .filter((period) => period.untilAt === null || period.untilAt.getTime() > from)
    .map(({ amount: sum, campaignId, fromAt, untilAt }) => ({ amount: sum, campaignId, fromAt, untilAt }));
}

/** What the rule makes of inputs: pure, so that it is the same today as on the day. */
export function resultOf(rule: (facts: PriceFacts) => Decision, inputs: ReceiptInputs): ReceiptResult {
  const { at, defaultPrice, candidates, history } = inputs;
  const { winner, amount, alternatives } = rule({ at, defaultPrice, candidates });
  return {
    amount,
    campaignId: winner?.campaignId ?? null,
    stripePriceId: winner?.stripePriceId ?? defaultPrice.stripePriceId ?? "",
    lowest30Days: winner && referencePrice(history, { amount, campaignId: winner.campaignId }, at),
    alternatives: alternatives.map((one) => ({
      campaignId: one.candidate.campaignId,
      stripePriceId: one.candidate.stripePriceId,
      lost: one.lost,
    })),
  };
}

/** A receipt as stored. `inputs` and `alternatives` are what was written, whatever version of us wrote it. */
export type StoredReceipt = {
  readonly rule: string;
  readonly amount: number;
  readonly campaignId: string | null;
  readonly stripePriceId: string;
  readonly inputs: unknown;
  readonly alternatives: unknown;
};

export type Reevaluation =
  | { readonly outcome: "same" }
  | { readonly outcome: "differs"; readonly expected: ReceiptResult; readonly found: ReceiptResult }
  /** Its rule is not known here, or its inputs cannot be read. */
  | { readonly outcome: "unreadable" };

const storedAlternatives = z.array(z.object({ campaignId: z.string(), stripePriceId: z.string(), lost: z.string() }));

/**
 * Comes to a receipt's answer again, from what is stored on it alone: no clock, no database, no provider. `differs` means
 * that somebody has changed a rule without giving it a new version, or a row behind our back.
 */
export function reevaluateReceipt(receipt: StoredReceipt): Reevaluation {
  const rule = RULES[receipt.rule];
  const inputs = receiptInputs.safeParse(receipt.inputs);
  const alternatives = storedAlternatives.safeParse(receipt.alternatives);
  if (!rule || !inputs.success || !alternatives.success) return { outcome: "unreadable" };
  const found = resultOf(rule, inputs.data);
  const expected: ReceiptResult = {
    amount: receipt.amount,
    campaignId: receipt.campaignId,
    stripePriceId: receipt.stripePriceId,
    lowest30Days: inputs.data.lowest30Days,
    alternatives: alternatives.data,
  };
  return JSON.stringify(found) === JSON.stringify(expected)
    ? { outcome: "same" }
    : { outcome: "differs", expected, found };
}

/** The stored inputs, for those who read them; null when they cannot be read. */
export function readReceiptInputs(stored: unknown): ReceiptInputs | null {
  const parsed = receiptInputs.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** The price that follows a campaign of a number of months, as it was promised when the campaign's was given. */
export type LaterPrice = {
  readonly months: number;
  readonly amount: number;
  readonly interval: string;
  readonly intervalCount: number;
  readonly stripePriceId: string;
};

/** What follows the price of a receipt; null: it holds as long as what was bought, or is paid once. */
export function laterPriceOf(receipt: { campaignId: string | null; inputs: unknown }): LaterPrice | null {
  const inputs = receipt.campaignId === null ? null : readReceiptInputs(receipt.inputs);
  const months = inputs?.candidates.find((one) => one.campaignId === receipt.campaignId)?.durationMonths ?? null;
  if (!inputs || months === null) return null;
  const { amount, interval, intervalCount, stripePriceId } = inputs.defaultPrice;
  if (interval === null || stripePriceId === null) return null;
  return { months, amount, interval, intervalCount: intervalCount ?? 1, stripePriceId };
}
