import { z } from "zod";
import { quotedInstant as instant, quotedPreview, sealedQuotes } from "./sealed-quote.ts";

const quote = z.object({
  subscriptionId: z.string(),
  /** How many seats there are then in all, and how many of them are bought beside the plan. */
  quantity: z.number().int(),
  extraSeats: z.number().int(),
  includedSeats: z.number().int(),
  /** How many are bought beside it now. */
  extraBefore: z.number().int(),
  /** What each of those costs per period, and what the plan costs with all of them. Minor units, tax included. */
  seatAmount: z.number().int(),
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

/** What a number of seats costs, as it was shown: what it holds is what is charged. */
export type SeatQuote = z.output<typeof quote>;

export const { seal: sealSeatQuote, open: openSeatQuote } = sealedQuotes("seat-quote", quote);
