import { z } from "zod";
import type { ChangePreview } from "../../drizzle/schema/subscription-changes.ts";
import type { SecretBox } from "../kernel/secret-box.ts";

export const quotedInstant = z.iso.datetime();

/** What the provider reckons for now, line by line; minor units, tax included. */
export const quotedPreview = z.object({
  currency: z.string(),
  lines: z.array(
    z.object({
      amount: z.number().int(),
      stripePriceId: z.string().nullable(),
      fromAt: quotedInstant,
      untilAt: quotedInstant,
    }),
  ),
  total: z.number().int(),
  dueNow: z.number().int(),
}) satisfies z.ZodType<ChangePreview>;

type Quote = { readonly subscriptionId: string; readonly expiresAt: string };

/** How quotes of a sort are sealed and opened: nobody but the shop can make one, or change a figure in it. */
export function sealedQuotes<Of extends Quote>(sort: string, shape: z.ZodType<Of>) {
  const contextOf = (subscriptionId: string) => `${sort}:${subscriptionId}`;
  return {
    seal: (box: SecretBox, of: Of): string =>
      box.seal(Buffer.from(JSON.stringify(of), "utf8"), contextOf(of.subscriptionId)),
    /** What was sealed for this membership; null for anything else, and for what is out of date. */
    open(box: SecretBox, sealed: string, subscriptionId: string, now: Date): Of | null {
      try {
        const opened = shape.parse(
          JSON.parse(Buffer.from(box.open(sealed, contextOf(subscriptionId))).toString("utf8")),
        );
        return opened.subscriptionId === subscriptionId && new Date(opened.expiresAt) > now ? opened : null;
      } catch {
        return null;
      }
    },
  };
}
