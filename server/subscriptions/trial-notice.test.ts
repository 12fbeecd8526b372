import { describe, expect, it } from "vitest";
import { trialNoticeAt } from "./trial-notice.ts";

const startedAt = new Date("2026-11-20T12:00:00Z");
const daysOn = (days: number) => new Date(startedAt.getTime() + days * 86_400_000);

describe("when the mail about a trial's end is due", () => {
  it("is three days before, or one for a trial of less than a week", () => {
    expect(trialNoticeAt({ status: "trialing", startedAt, trialEndAt: daysOn(14) })).toEqual(daysOn(11));
    expect(trialNoticeAt({ status: "trialing", startedAt, trialEndAt: daysOn(7) })).toEqual(daysOn(4));
    expect(trialNoticeAt({ status: "trialing", startedAt, trialEndAt: daysOn(6) })).toEqual(daysOn(5));
    expect(trialNoticeAt({ status: "trialing", startedAt, trialEndAt: daysOn(2) })).toEqual(daysOn(1));
  });

  it("is never, where there is no trial or it is over", () => {
    expect(trialNoticeAt({ status: "active", startedAt, trialEndAt: null })).toBeNull();
    expect(trialNoticeAt({ status: "active", startedAt, trialEndAt: daysOn(14) })).toBeNull();
    expect(trialNoticeAt({ status: "canceled", startedAt, trialEndAt: daysOn(14) })).toBeNull();
  });
});
