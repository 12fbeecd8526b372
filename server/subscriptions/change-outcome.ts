import type { ChangeKind, ChangeStatus, ChangeTiming } from "./change-status.ts";
import type { SubscriptionFacts } from "./gateway.ts";

/** What is needed of a change to tell what became of it. */
export type OpenChange = {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly timing: ChangeTiming;
  readonly status: ChangeStatus;
  readonly stripePriceId: string | null;
  /** Of seats or units, and of a campaign's end: how many are charged for then. */
  readonly quantity: number | null;
  /** Of a campaign's end: which. */
  readonly campaignId: string | null;
  /** Of free time: until when. */
  readonly freeUntilAt: Date | null;
  /** Of what is scheduled: when it happens; before that the day that it was asked for, where it is not the period's end. */
  readonly effectiveAt: Date | null;
  /** Of what comes with the end of a period: the end that was told, and when it was found that it had passed. */
  readonly toldEndAt: Date | null;
  readonly lateAt: Date | null;
};

export type ChangeOutcome =
  /** `effectiveAt`: since when, where it was not known before. */
  | { readonly event: "applied"; readonly effectiveAt?: Date }
  | { readonly event: "undone" }
  /** `again`: by nothing but itself, of another number. */
  | { readonly event: "superseded"; readonly again?: true }
  | { readonly event: "scheduled"; readonly effectiveAt: Date }
  | { readonly event: "payment_awaited"; readonly expiresAt: Date; readonly payUrl: string | null }
  | { readonly event: "failed"; readonly code: string };

export type Beside = {
  /** What is under way on the same membership, beside this change. */
  readonly inFlightKind: ChangeKind | null;
  /** How the invoice stands that the change is about, as far as we know. */
  readonly invoiceStatus: string | null;
  /** It is an organization's: a campaign's end is booked for one, whatever the provider counts. */
  readonly ofOrganization: boolean;
};

/**
 * What became of a change, told by what the provider holds now and by nothing else: whoever made it so, and however we
 * heard of it, comes to the same. Null: nothing yet.
 */
export function changeOutcome(change: OpenChange, facts: SubscriptionFacts, beside: Beside): ChangeOutcome | null {
  const ended = facts.status === "canceled" || facts.status === "incomplete_expired";
  if (ended && change.kind === "cancel") return { event: "applied" };
  if (ended) return change.status === "scheduled" ? { event: "superseded" } : { event: "failed", code: "ended" };
  return change.status === "scheduled" ? ofScheduled(change, facts, beside) : ofInFlight(change, facts, beside);
}

function ofScheduled(change: OpenChange, facts: SubscriptionFacts, beside: Beside): ChangeOutcome | null {
  // Nobody but an undoing takes a thing away without putting another in its place.
  const gone = { event: isReplacing(beside.inFlightKind) ? "superseded" : "undone" } as const;
  switch (change.kind) {
    case "cancel":
      return facts.cancelAt === null ? gone : null;
    case "pause":
      if (facts.status === "paused") return { event: "applied" };
      return facts.pauseAt === null ? gone : null;
    case "version":
      return ofScheduledVersion(change, facts, beside);
    case "plan":
      if (facts.stripePriceId === change.stripePriceId) return { event: "applied" };
      return isOfAnotherNumber(change, facts) && !beside.ofOrganization && beside.inFlightKind === null
        ? { event: "superseded", again: true }
        : whileBooked(change, facts, gone);
    case "seats":
    case "units":
      return facts.quantity === change.quantity ? { event: "applied" } : whileBooked(change, facts, gone);
    default:
      return null;
  }
}

/** A campaign's end is booked for as many as there were: it gives way to one for as many as there are, however they became so. */
const isOfAnotherNumber = ({ id, campaignId, quantity }: OpenChange, facts: SubscriptionFacts): boolean =>
  campaignId !== null &&
  quantity !== null &&
  facts.includedSeats === null &&
  facts.scheduled?.changeId === id &&
  facts.quantity !== quantity;

/** As long as the provider has it booked nothing has become of it. */
function whileBooked(change: OpenChange, facts: SubscriptionFacts, gone: ChangeOutcome): ChangeOutcome | null {
  if (facts.scheduled === undefined || facts.scheduled?.changeId === change.id) return null;
  return facts.scheduled === null ? gone : { event: "superseded" };
}

/** The provider is not told of it: it comes with the next period, and gives way to whatever else is wished. */
function ofScheduledVersion(change: OpenChange, facts: SubscriptionFacts, beside: Beside): ChangeOutcome | null {
  const { effectiveAt } = change;
  const begun = facts.currentPeriodStartAt;
  if (effectiveAt && begun && begun >= effectiveAt) return { event: "applied" };
  if (beside.inFlightKind === "keep") return { event: "undone" };
  return isReplacing(beside.inFlightKind) ? { event: "superseded" } : null;
}

const isReplacing = (kind: ChangeKind | null): boolean => kind !== null && kind !== "keep" && kind !== "retry";

function ofInFlight(change: OpenChange, facts: SubscriptionFacts, beside: Beside): ChangeOutcome | null {
  switch (change.kind) {
    case "cancel":
      return change.timing === "period_end" && facts.cancelAt && !isLate(change, facts)
        ? { event: "scheduled", effectiveAt: facts.cancelAt }
        : null;
    case "keep":
      return facts.cancelAt === null && facts.pauseAt === null && facts.scheduled === null
        ? { event: "applied" }
        : null;
    case "plan":
      return ofPlan(change, facts);
    case "seats":
    case "units":
      return ofQuantity(change, facts);
    case "free":
      return change.freeUntilAt && facts.trialEndAt && facts.trialEndAt >= change.freeUntilAt
        ? { event: "applied" }
        : null;
    case "discount":
      return facts.discountChangeId === change.id && !isOvertaken(change, facts) ? { event: "applied" } : null;
    case "version":
      if (change.timing === "now") return { event: "applied" };
      return facts.currentPeriodEndAt
        ? { event: "scheduled", effectiveAt: change.effectiveAt ?? change.toldEndAt ?? facts.currentPeriodEndAt }
        : null;
    case "pause":
      if (change.lateAt) return facts.status === "paused" ? { event: "applied" } : null;
      if (restsInTime(change, facts) && facts.pauseAt) return { event: "applied", effectiveAt: facts.pauseAt };
      if (isLate(change, facts)) return null;
      return facts.pauseAt ? { event: "scheduled", effectiveAt: facts.pauseAt } : null;
    case "resume":
      return facts.pauseAt === null && facts.status !== "paused" ? { event: "applied" } : null;
    case "retry":
      if (beside.invoiceStatus === "paid") return { event: "applied" };
      return beside.invoiceStatus === "void" ? { event: "failed", code: "invoice_void" } : null;
  }
}

/** Another period has begun than the one with whose end it was to come: what is booked for a later end is not what was asked for. */
const isLate = ({ toldEndAt, lateAt }: OpenChange, { currentPeriodStartAt: began }: SubscriptionFacts): boolean =>
  lateAt !== null || (toldEndAt !== null && began !== null && began >= toldEndAt);

/** The renewal that it was to be taken off came first. */
const isOvertaken = ({ toldEndAt, lateAt }: OpenChange, { discountSince: since }: SubscriptionFacts): boolean =>
  lateAt === null && toldEndAt !== null && since != null && since >= toldEndAt;

/** It rests since the day that was told, or before: only the answer was lost on its way. */
const restsInTime = ({ toldEndAt }: OpenChange, { status, pauseAt }: SubscriptionFacts): boolean =>
  status === "paused" && toldEndAt !== null && pauseAt !== null && pauseAt <= toldEndAt;

function ofPlan(change: OpenChange, facts: SubscriptionFacts): ChangeOutcome | null {
  if (facts.stripePriceId === change.stripePriceId) return { event: "applied" };
  if (change.timing === "period_end") return booked(change, facts);
  return waiting(change, facts.pending?.stripePriceId === change.stripePriceId ? facts.pending : null);
}

function ofQuantity(change: OpenChange, facts: SubscriptionFacts): ChangeOutcome | null {
  if (facts.quantity === change.quantity) return { event: "applied" };
  if (change.timing === "period_end") return booked(change, facts);
  return waiting(change, facts.pending?.quantity === change.quantity ? facts.pending : null);
}

function booked(change: OpenChange, facts: SubscriptionFacts): ChangeOutcome | null {
  const { scheduled } = facts;
  return !isLate(change, facts) && scheduled?.changeId === change.id
    ? { event: "scheduled", effectiveAt: scheduled.at }
    : null;
}

function waiting(change: OpenChange, pending: SubscriptionFacts["pending"]): ChangeOutcome | null {
  if (change.status === "awaiting_payment") return pending ? null : { event: "failed", code: "not_paid" };
  return pending && { event: "payment_awaited", expiresAt: pending.expiresAt, payUrl: pending.payUrl };
}
