import { z } from "zod";
import { quotedInstant as instant, quotedPreview, sealedQuotes } from "./sealed-quote.ts";

const quote = z.object({
  subscriptionId: z.string(),
  /** Seats of a company's plan, or how many of a person's membership there are. */
  kind: z.enum(["seats", "units"]),
  /** How many there are then in all, and how many now. */
  quantity: z.number().int(),
  quantityBefore: z.number().int(),
  /** Of seats: how many are bought beside the plan, and how many it holds; of units none. */
  extraSeats: z.number().int(),
  includedSeats: z.number().int(),
  /** How many are bought beside it now. */
  extraBefore: z.number().int(),
  /** What each of them costs per period (of seats: each beside the plan's), and what all of it costs then. Minor units, tax included. */
  eachAmount: z.number().int(),
  amount: z.number().int(),
  currency: z.enum(["SEK", "EUR", "USD"]),
  interval: z.enum(["day", "week", "month", "year"]),
  intervalCount: z.number().int(),
  /** `now`: charged at once, there when it is paid. `period_end`: nothing now. */
  timing: z.enum(["now", "period_end"]),
  /** The seats that are taken from somebody then. */
  leavers: z.array(z.string()),
  /** From when what is left of the period is counted; null: nothing is charged for it. */
  prorationAt: instant.nullable(),
  effectiveAt: instant.nullable(),
  nextPaymentAt: instant.nullable(),
  /** What is charged then, with what is taken off, waits for it or is kept for the payer. */
  nextAmount: z.number().int().nullable(),
  expiresAt: instant,
  preview: quotedPreview,
});

/** What so many cost, as it was shown: what it holds is what is charged. */
export type QuantityQuote = z.output<typeof quote>;

export const { seal: sealQuantityQuote, open: openQuantityQuote } = sealedQuotes("quantity-quote", quote);
