import { z } from "zod";
import type { World } from "../world.ts";

export const recoveryInput = z.strictObject({
  /** Hours between the first failed try of a renewal and each retry. */
  retryAfterHours: z.array(z.number().int().min(1).max(2_160)).max(20).optional(),
  /** What becomes of the subscription when the last retry has failed. */
  endAction: z.enum(["cancel", "unpaid", "past_due"]).optional(),
  /** By decline code: on which try the bank says yes after all; a code that is not named never recovers by itself. */
  recoversOnTry: z.record(z.string(), z.number().int().min(2).max(20)).optional(),
  /** How many days after it was due an invoice that was sent ends its subscription as `endAction` says. */
  overdueDays: z.number().int().min(0).max(365).optional(),
  /** How many days before a renewal its invoice is announced. */
  upcomingDays: z.number().int().min(0).max(45).optional(),
  /** Whether card networks tell of a renewed card before the old one expires; without, it is refused as expired. */
  networksReplaceCards: z.boolean().optional(),
});

export interface Recovery {
  retryAfterHours: number[];
  endAction: "cancel" | "unpaid" | "past_due";
  recoversOnTry: Record<string, number>;
  overdueDays: number;
  upcomingDays: number;
  networksReplaceCards: boolean;
}

/** Eight tries in two weeks, then the subscription ends: what the provider recommends. */
const usual: Recovery = {
  retryAfterHours: [1, 3, 5, 7, 9, 11, 13, 14].map((days) => days * 24),
  endAction: "cancel",
  recoversOnTry: {},
  overdueDays: 30,
  upcomingDays: 7,
  networksReplaceCards: true,
};

const name = "recovery";

/** What happens after a renewal could not be charged: an account's setting, which the API does not have. */
export function recovery(world: World): Recovery {
  return { ...usual, ...(world.database.setting(name) as Partial<Recovery> | undefined) };
}

export function setRecovery(world: World, input: z.infer<typeof recoveryInput>): Recovery {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  world.database.setSetting(name, { ...recovery(world), ...given });
  return recovery(world);
}

/** After these a card is not charged again; only another card is. */
const final = new Set([
  "incorrect_number",
  "lost_card",
  "pickup_card",
  "stolen_card",
  "revocation_of_authorization",
  "revocation_of_all_authorizations",
  "authentication_required",
  "highest_risk_level",
  "transaction_not_allowed",
]);

export function isFinal(declineCode: string | null | undefined): boolean {
  return declineCode !== null && declineCode !== undefined && final.has(declineCode);
}
