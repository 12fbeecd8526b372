import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const accountListInput = z.object({
  ...listPlace,
  kind: z.string().max(30).optional(),
  /** The beginning of an account's id, or the whole id of whose it is. */
  q: z.string().trim().max(200).optional(),
});
export const accountIdInput = z.object({ accountId: z.string().max(200) });
/** As `POSTING_PHASES` of the schema. */
export const POSTING_PHASE_CHOICES = ["posted", "pending", "void"] as const;
export const entryListInput = z.object({
  ...listPlace,
  /** The whole id of an account. */
  account: z.string().max(200).optional(),
  /** A posting's kind, such as `credits.consume`. */
  what: z.string().max(60).optional(),
  /** The id of the row that it is about. */
  about: z.string().trim().max(200).optional(),
  phase: z.enum(POSTING_PHASE_CHOICES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["at"]).default("at"),
});
export const postingIdInput = z.object({ id: z.string().max(60) });
