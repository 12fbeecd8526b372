import { normalizeEmail } from "../kernel/email-address.ts";
import type { InvitationLine } from "./invitation-lines.ts";
import { takesSeat } from "./roles.ts";

/** What is known before anybody is invited. Addresses are normalized. */
export type InvitationFacts = {
  readonly members: ReadonlySet<string>;
  readonly invited: ReadonlySet<string>;
  readonly freeSeats: number;
  /** Only owners invite owners. */
  readonly byOwner: boolean;
};

export type LineOutcome =
  | "invite"
  | "bad_address"
  | "bad_role"
  | "repeated"
  | "already_member"
  | "already_invited"
  | "owner_only"
  | "no_seat";
export type PlannedLine = InvitationLine & { readonly outcome: LineOutcome };

/**
 * What each line comes to, in their order: the first ones get the seats that are free. A line is invited whole or not at
 * all; the same lines again are `already_invited`.
 */
export function planInvitations(lines: readonly InvitationLine[], facts: InvitationFacts): PlannedLine[] {
  const seen = new Set<string>();
  let free = facts.freeSeats;
  return lines.map((line) => {
    const email = normalizeEmail(line.email);
    const outcome = outcomeOf(line, { email, facts, repeated: seen.has(email), free });
    if (!line.problem) seen.add(email);
    if (outcome === "invite" && takesSeat(line.role)) free--;
    return { ...line, outcome };
  });
}

function outcomeOf(
  line: InvitationLine,
  of: { email: string; facts: InvitationFacts; repeated: boolean; free: number },
): LineOutcome {
  if (line.problem) return line.problem;
  if (of.repeated) return "repeated";
  if (of.facts.members.has(of.email)) return "already_member";
  if (of.facts.invited.has(of.email)) return "already_invited";
  if (line.role === "owner" && !of.facts.byOwner) return "owner_only";
  return takesSeat(line.role) && of.free <= 0 ? "no_seat" : "invite";
}
