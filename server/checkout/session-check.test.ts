import { describe, expect, it } from "vitest";
import type { PaymentFacts } from "../payments/index.ts";
import type { SubscriptionFacts } from "../subscriptions/index.ts";
import type { SessionFacts } from "./gateway.ts";
import { isForeignPointer, sessionProblems } from "./session-check.ts";

const purchase = {
  id: "chk_1",
  mode: "payment",
  currency: "SEK",
  totalAmount: 29_900,
  stripeSessionId: "cs_1",
  status: "open",
  creditPointer: null,
  organizationId: null,
  lines: [],
} as const;
const payment: PaymentFacts = {
  externalId: "pi_1",
  status: "paid",
  currency: "SEK",
  amount: 29_900,
  refundedAmount: 0,
  livemode: false,
  createdAt: new Date(0),
  paidAt: new Date(0),
  checkoutId: "chk_1",
  failureCode: null,
  attempts: [],
};
const page: SessionFacts = {
  sessionId: "cs_1",
  status: "complete",
  paymentStatus: "paid",
  livemode: false,
  checkoutId: "chk_1",
  pointer: null,
  organizationId: null,
  mode: "payment",
  currency: "SEK",
  totalAmount: 29_900,
  url: null,
  stripeCustomerId: null,
  email: "a@example.se",
  name: null,
  shippingAddress: null,
  payment,
  subscription: null,
  invoice: null,
};
const problems = (change: Partial<SessionFacts>) => sessionProblems(purchase, { ...page, ...change }, false);

describe("a payment page against its purchase", () => {
  it("matches", () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[string, Partial<SessionFacts>]>([
    ["another purchase", { checkoutId: "chk_2" }],
    ["no purchase", { checkoutId: null }],
    ["another page", { sessionId: "cs_2" }],
    ["real money", { livemode: true }],
    ["another mode", { mode: "subscription" }],
    ["another currency", { currency: "EUR" }],
    ["another total", { totalAmount: 29_899 }],
    ["a negative total", { totalAmount: -29_900 }],
    ["a payment of less", { payment: { ...payment, amount: 1 } }],
    ["a payment in another currency", { payment: { ...payment, currency: "USD" } }],
  ])("%s is told", (_what, change) => {
    expect(problems(change)).toHaveLength(1);
  });

  it("play money is told in a shop that takes real money", () => {
    expect(sessionProblems(purchase, page, true)).toEqual(["it moved no real money"]);
  });

  it("a membership that came to cost something else later is no contradiction", () => {
    const subscription = { amount: 39_900, currency: "SEK", trialEndAt: null } as SubscriptionFacts;
    expect(problems({ subscription })).toEqual(["the membership costs 39900 instead of 0"]);
    expect(sessionProblems({ ...purchase, status: "completed" }, { ...page, subscription }, false)).toEqual([]);
  });

  it("a page whose id we never learned is known by the purchase it names", () => {
    expect(sessionProblems({ ...purchase, stripeSessionId: null }, page, false)).toEqual([]);
  });
});

describe("whom credits are for", () => {
  const bought = { creditPointer: { userId: "usr_1", keyId: "key_1" } };
  const foreign = (pointer: SessionFacts["pointer"], of = bought) => isForeignPointer(of, { ...page, pointer });

  it("is what the purchase says, word for word", () => {
    expect(foreign({ userId: "usr_1", keyId: "key_1" })).toBe(false);
    expect(isForeignPointer({ creditPointer: null }, page)).toBe(false);
  });

  it.each<[string, SessionFacts["pointer"]]>([
    ["nobody", null],
    ["somebody else", { userId: "usr_2", keyId: "key_1" }],
    ["another key", { userId: "usr_1", keyId: "key_2" }],
    ["no key", { userId: "usr_1", keyId: null }],
    ["a key of nobody", { userId: null, keyId: "key_1" }],
  ])("is foreign when the page names %s", (_who, pointer) => expect(foreign(pointer)).toBe(true));

  it("is foreign on a purchase of no credits", () => {
    expect(isForeignPointer({ creditPointer: null }, { ...page, pointer: { userId: "usr_1", keyId: null } })).toBe(
      true,
    );
  });
});
