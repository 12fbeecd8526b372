import { z } from "zod";
import type { SecretBox } from "../kernel/secret-box.ts";
import { CHANGE_TIMINGS } from "./input.ts";

/** How long a price that was shown holds. */
export const QUOTE_MINUTES = 15;

const instant = z.iso.datetime();
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
  /** Of a plan that sells seats: how many it has then, and how many of them beside those that it holds. The amount is with them. */
  quantity: z.number().int().default(1),
  extraSeats: z.number().int().default(0),
  /** The extra seats that there are now. */
  extraBefore: z.number().int().default(0),
  /** From when what is left of the period is counted; null: nothing is charged for it. */
  prorationAt: instant.nullable(),
  /** When it is another membership, if that is not now. */
  effectiveAt: instant.nullable(),
  /** When the period ends that was shown as running. A quote of the release before names it as the next payment's day. */
  periodEndAt: instant.nullish(),
  /** When what renews is charged next, and what is charged then in all. */
  nextPaymentAt: instant.nullable(),
  nextAmount: z.number().int().optional(),
  expiresAt: instant,
  preview: z.object({
    currency: z.string(),
    lines: z.array(
      z.object({
        amount: z.number().int(),
        stripePriceId: z.string().nullable(),
        fromAt: instant,
        untilAt: instant,
      }),
    ),
    total: z.number().int(),
    dueNow: z.number().int(),
  }),
});

/** A price that somebody was shown for a change: what it holds is what is charged. Amounts in minor units, tax included. */
export type ChangeQuote = z.output<typeof quote>;

const contextOf = (subscriptionId: string) => `change-quote:${subscriptionId}`;

/** Sealed by the shop: nobody else can make one, or change a figure in it. */
export function sealQuote(box: SecretBox, of: ChangeQuote): string {
  return box.seal(Buffer.from(JSON.stringify(of), "utf8"), contextOf(of.subscriptionId));
}

/** What was sealed for this membership; null for anything else, and for what is out of date. */
export function openQuote(box: SecretBox, sealed: string, subscriptionId: string, now: Date): ChangeQuote | null {
  try {
    const opened = quote.parse(JSON.parse(Buffer.from(box.open(sealed, contextOf(subscriptionId))).toString("utf8")));
    return opened.subscriptionId === subscriptionId && new Date(opened.expiresAt) > now ? opened : null;
  } catch {
    return null;
  }
}
