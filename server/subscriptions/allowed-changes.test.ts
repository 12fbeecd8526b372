import { describe, expect, it } from "vitest";
import { allowedChanges, type ChangeFacts, isAllowed } from "./allowed-changes.ts";
import { type SubscriptionStatus, subscriptionMachine } from "./subscription-status.ts";

const day = new Date("2026-12-20T10:00:00Z");
const facts = (status: SubscriptionStatus, more: Partial<ChangeFacts> = {}): ChangeFacts => ({
  ...{
    status,
    cancelAt: null,
    pauseAt: null,
    scheduledKind: null,
    campaignEnds: false,
    carries: false,
    freeUntil: null,
    inFlight: false,
  },
  ...more,
});

describe("what can be asked of a membership", () => {
  it.each([
    [
      "active",
      {},
      {
        cancel: "period_end",
        keep: null,
        plan: true,
        pause: true,
        resume: false,
        retry: false,
        free: true,
        discount: true,
      },
    ],
    [
      "active",
      { scheduledKind: "version" },
      { cancel: "period_end", keep: "plan", plan: true, pause: false, free: false, discount: false },
    ],
    [
      "active",
      { scheduledKind: "seats" },
      { cancel: "period_end", keep: "seats", plan: false, pause: false, free: false },
    ],
    [
      "active",
      { scheduledKind: "units" },
      { cancel: "period_end", keep: "units", plan: false, pause: false, free: false, units: true },
    ],
    ["active", { scheduledKind: "plan" }, { units: false, seats: false }],
    ["active", { scheduledKind: "plan", campaignEnds: true }, { units: true, seats: false }],
    ["past_due", {}, { units: false }],
    ["trialing", {}, { cancel: "period_end", plan: true, pause: false }],
    ["trialing", { freeUntil: day }, { cancel: "period_end", plan: false, seats: false, units: false, pause: false }],
    ["active", { cancelAt: day }, { cancel: null, keep: "cancel", plan: false, pause: false }],
    ["active", { pauseAt: day }, { cancel: "period_end", keep: "pause", plan: false, pause: false }],
    ["active", { scheduledKind: "plan" }, { cancel: "period_end", keep: "plan", plan: true, pause: false }],
    [
      "active",
      { scheduledKind: "plan", campaignEnds: true },
      { cancel: "period_end", keep: null, plan: true, pause: true },
    ],
    ["paused", { pauseAt: day }, { cancel: "now", keep: null, resume: true, plan: false }],
    ["past_due", {}, { cancel: "now", retry: true, plan: false, pause: false }],
    ["unpaid", {}, { cancel: "now", retry: true }],
    ["canceled", {}, { cancel: null, keep: null, plan: false, pause: false, resume: false, retry: false }],
  ] as const)("%s with %o", (status, more, expected) => {
    expect(allowedChanges(facts(status, more))).toMatchObject(expected);
  });

  it("is nothing while something is under way, whatever its state", () => {
    for (const status of subscriptionMachine.states) {
      const allowed = allowedChanges(facts(status, { inFlight: true }));
      expect(Object.values(allowed).filter(Boolean)).toEqual([]);
    }
  });
});

describe("a wish", () => {
  it("for more of a membership goes beside the booked end of its campaign, for fewer it waits", () => {
    const beside = facts("active", { scheduledKind: "plan", campaignEnds: true });
    const wish = { kind: "units", byStaff: false } as const;
    expect(isAllowed({ ...wish, timing: "now" }, beside)).toBe(true);
    expect(isAllowed({ ...wish, timing: "period_end" }, beside)).toBe(false);
    expect(isAllowed({ ...wish, timing: "period_end" }, facts("active"))).toBe(true);
  });

  it("for free time is staff's", () => {
    const wish = { kind: "free", timing: "now" } as const;
    const off = { kind: "discount", timing: "now", byStaff: false } as const;
    expect(isAllowed(off, facts("active"))).toBe(false);
    expect(isAllowed({ ...off, offered: true }, facts("active"))).toBe(true);
    expect([true, false].map((byStaff) => isAllowed({ ...wish, byStaff }, facts("active")))).toEqual([true, false]);
    expect(isAllowed({ ...wish, byStaff: true }, facts("past_due"))).toBe(false);
  });

  it("for an end now is staff's, unless what runs is not paid", () => {
    const wish = { kind: "cancel", timing: "now" } as const;
    expect(isAllowed({ ...wish, byStaff: false }, facts("active"))).toBe(false);
    expect(isAllowed({ ...wish, byStaff: true }, facts("active"))).toBe(true);
    expect(isAllowed({ ...wish, byStaff: true }, facts("active", { cancelAt: day }))).toBe(true);
    expect(isAllowed({ ...wish, byStaff: true }, facts("canceled"))).toBe(false);
    expect(isAllowed({ ...wish, byStaff: false }, facts("past_due"))).toBe(true);
  });
});
