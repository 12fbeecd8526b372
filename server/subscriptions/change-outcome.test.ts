import { describe, expect, it } from "vitest";
import { changeOutcome, type OpenChange } from "./change-outcome.ts";
import type { SubscriptionFacts } from "./gateway.ts";

const told = new Date("2026-12-20T10:00:00Z");
const change: OpenChange = {
  id: "chg_1",
  kind: "plan",
  timing: "period_end",
  status: "scheduled",
  stripePriceId: "price_after",
  quantity: 1,
  campaignId: "autumn",
  freeUntilAt: null,
  effectiveAt: null,
  toldEndAt: null,
  lateAt: null,
};
const facts: SubscriptionFacts = {
  ...{ externalId: "sub_1", status: "active", livemode: false, checkoutId: null, productExternalId: null },
  ...{ organizationId: null, currency: "SEK", amount: 59_700, quantity: 3, includedSeats: null, seatAmount: null },
  ...{ interval: "month", intervalCount: 1, currentPeriodStartAt: null, currentPeriodEndAt: told, cancelAt: null },
  ...{ anchorAt: null, pauseAt: null, resumeAt: null, stripePriceId: "price_of_campaign", customerExternalId: null },
  ...{ pending: null, discount: null, discountChangeId: null, startedAt: null, endedAt: null, trialEndAt: null },
  scheduled: { changeId: "chg_1", stripePriceId: "price_after", quantity: 1, at: told },
};
const beside = { inFlightKind: null, invoiceStatus: null, ofOrganization: false };

describe("a campaign's end that is booked for another number than there is", () => {
  it("gives way to one for as many as there are, of a person's", () =>
    expect(changeOutcome(change, facts, beside)).toEqual({ event: "superseded", again: true }));

  it("stands, of an organization's: it would be booked for one again, without end", () =>
    expect(changeOutcome(change, facts, { ...beside, ofOrganization: true })).toBeNull());
});

describe("a pause whose answer was lost", () => {
  const pause = { ...change, kind: "pause", status: "unknown", campaignId: null, toldEndAt: told } as const;
  const since = new Date("2027-01-02T10:00:00Z");
  const rests = { ...facts, status: "paused", currentPeriodStartAt: told, scheduled: null } as const;

  it("has come in time where it rests since the day that was told", () =>
    expect(changeOutcome(pause, { ...rests, pauseAt: told }, beside)).toEqual({ event: "applied", effectiveAt: told }));

  it("has not where it rests since a later day, or where what is told of is to come", () => {
    expect(changeOutcome(pause, { ...rests, pauseAt: since }, beside)).toBeNull();
    expect(changeOutcome(pause, { ...rests, status: "active", pauseAt: since }, beside)).toBeNull();
  });
});
