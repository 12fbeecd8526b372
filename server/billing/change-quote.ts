import { z } from "zod";
import { CHANGE_TIMINGS, TRIAL_RULES } from "./input.ts";
import { quotedInstant as instant, quotedPreview, sealedQuotes } from "./sealed-quote.ts";

/** How long a price that was shown holds. */
export const QUOTE_MINUTES = 15;

const quote = z.object({
  subscriptionId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  timing: z.enum(CHANGE_TIMINGS),
  /** It was asked for with the next invoice, and is made now since it cannot wait for that one. */
  promoted: z.boolean().default(false),
  stripePriceId: z.string(),
  amount: z.number().int(),
  currency: z.enum(["SEK", "EUR", "USD"]),
  interval: z.enum(["day", "week", "month", "year"]),
  intervalCount: z.number().int(),
  /** How many there are then: of a membership, or of a plan's seats, and how many of those beside the ones that it holds. The amount is for all. */
  quantity: z.number().int().default(1),
  extraSeats: z.number().int().default(0),
  /** The extra seats that there are now, and how many of a membership. */
  extraBefore: z.number().int().default(0),
  unitsBefore: z.number().int().default(1),
  /** From when what is left of the period is counted; null: nothing is charged for it. */
  prorationAt: instant.nullable(),
  /** Of a trial that runs: whether it is kept to the day that was promised, moved, or over with the change, by which rule, and when it ends. */
  trial: z
    .object({
      rule: z.enum(TRIAL_RULES),
      ends: z.enum(["kept", "moved", "now"]),
      at: instant,
    })
    .nullish(),
  /** When it is another membership, if that is not now. */
  effectiveAt: instant.nullable(),
  /** When the period ends that was shown as running. A quote of the release before names it as the next payment's day. */
  periodEndAt: instant.nullish(),
  /** When what renews is charged next, and what is charged then in all. */
  nextPaymentAt: instant.nullable(),
  nextAmount: z.number().int().optional(),
  expiresAt: instant,
  preview: quotedPreview,
});

/** A price that somebody was shown for a change: what it holds is what is charged. Amounts in minor units, tax included. */
export type ChangeQuote = z.output<typeof quote>;

/** When what is sealed was reckoned: what depends on the instant is asked again for the same one. */
export const quotedAt = ({ expiresAt }: Pick<ChangeQuote, "expiresAt">): Date =>
  new Date(Date.parse(expiresAt) - QUOTE_MINUTES * 60_000);

export const { seal: sealQuote, open: openQuote } = sealedQuotes("change-quote", quote);
