import { and, eq, inArray, ne, not, or } from "drizzle-orm";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import type { SubscriptionFacts } from "./gateway.ts";

/** The hash by which the card of one that begins is known again; null: it has none, or that was not looked at. */
export const trialCardOf = ({ cardFingerprint: it }: SubscriptionFacts): string | null =>
  it === undefined ? null : hashToken(`trial card ${it}`);

/** Who a trial is given to: a person, the organization that they buy for, and the card that they begin it with. */
export type TrialTaker = {
  /** All of them, where a person is known to be several customers. */
  readonly customerId: string | readonly string[] | null;
  readonly organizationId: string | null;
  readonly card?: string | null;
};

/**
 * Whether a person or their organization has begun a membership with a trial before, or anybody has had one with the same
 * card, `except` for one: a trial is had once. One that was refused counts for whoever asked for it, who would be offered it
 * again otherwise, and not for the card, which had none by it. With a member's rights the answer is about what is theirs: their own memberships
 * and those of the organizations whose money they look after, which is all that they can name. What nobody may learn from a page (a
 * card's, an address's past) is decided by the worker when the trial begins (`beginTrial`).
 */
export async function hasHadTrial(
  tx: Tx,
  { customerId, organizationId, card = null }: TrialTaker,
  except?: string,
): Promise<boolean> {
  const people = customerId === null ? [] : [customerId].flat();
  const theirs = or(
    people.length === 0 ? undefined : inArray(subscriptions.customerId, people),
    organizationId === null ? undefined : eq(subscriptions.organizationId, organizationId),
    card === null ? undefined : and(eq(subscriptions.trialCardHash, card), not(subscriptions.trialRefused)),
  );
  if (!theirs) return false;
  const rows = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(and(theirs, subscriptions.hadTrial, except === undefined ? undefined : ne(subscriptions.id, except)))
    .limit(1);
  return rows.length > 0;
}
