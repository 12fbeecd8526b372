import type { Purchase } from "~/lib/checkout/cart-types.ts";
import type { Overdue } from "~/lib/memberships/membership-life.ts";
import { OpenPaymentBanner } from "../checkout/open-payment-banner.tsx";
import { PurchaseState } from "../checkout/purchase-state.tsx";
import { OverdueBanners } from "../memberships/overdue-banner.tsx";
import { RetentionOffer, type RetentionShowing } from "../memberships/retention-offer.tsx";
import { Sample } from "./sample.tsx";

const day = (date: string) => new Date(`${date}T09:00:00Z`);
const NAME = { sv: "Öppet Plus", en: "Open Plus" };

const OVERDUE: Overdue = {
  ...{ id: "failed", organizationId: null, organization: null, productName: NAME, units: 1, holdsOnPause: false },
  ...{ mayRetry: true, inFlight: false, noCard: false, locked: false, graceEndsAt: day("2026-12-04") },
  unpaid: {
    ...{ amount: 39_900, currency: "SEK", number: "A1B2-0003", since: day("2026-11-20"), payUrl: null },
    ...{ paymentStatus: "failed", declineClass: "expired", nextAttemptAt: day("2026-11-23"), attemptCount: 1 },
    attempts: [{ at: day("2026-11-20"), outcome: "declined", declineClass: "expired", last4: "4242" }],
  },
};

function overdue(id: string, changes: Partial<Overdue>, unpaid: Partial<Overdue["unpaid"]> = {}): Overdue {
  return { ...OVERDUE, ...changes, id, unpaid: { ...OVERDUE.unpaid, ...unpaid } };
}

/** What is owed, in every state that it can be in. */
const EVERY_OVERDUE: Overdue[] = [
  OVERDUE,
  overdue("approval", {}, { paymentStatus: "requires_action", payUrl: "#pay", declineClass: "approval" }),
  overdue("last", { mayRetry: false }, { nextAttemptAt: null, declineClass: "funds" }),
  overdue("locked", { locked: true }),
  overdue("flight", {}, { paymentStatus: "processing" }),
  overdue("unknown", {}, { paymentStatus: "unknown" }),
  overdue("company", { organizationId: "org_sample", organization: "Kvarnen AB" }),
];

const PURCHASE: Purchase = {
  ...{ state: "done", mode: "subscription", organizationId: null, currency: "SEK", totalAmount: 39_900 },
  ...{ email: "maja.medlem@kraftverk.test", lines: [], url: null, backPath: "/cart", startedAt: day("2026-11-20") },
  ...{ order: null, payment: { brand: "visa", last4: "4242" }, declineClass: null, credits: null },
  membership: {
    ...{ productName: "Öppet Plus", nextPaymentAt: day("2026-12-20"), nextAmount: 39_900 },
    ...{ trialNoticeDays: null, withoutCard: null, trialRefused: false },
  },
  steps: { payment: true, membership: true, receipt: true },
};
const trial = (changes: Partial<NonNullable<Purchase["membership"]>>): Partial<Purchase> => ({
  totalAmount: 0,
  membership: PURCHASE.membership && { ...PURCHASE.membership, trialNoticeDays: 3, ...changes },
});
const GOODS: Partial<Purchase> = { mode: "payment", membership: null };

/** What the page after the payment can say. */
const PURCHASES: Record<string, Partial<Purchase>> = {
  done: {},
  trial: trial({}),
  trialWithoutCard: trial({ withoutCard: "pause" }),
  trialRefused: trial({ trialRefused: true }),
  credits: { ...GOODS, credits: { bought: 100, available: 140 } },
  working: { state: "working", steps: { payment: true, membership: false, receipt: false } },
  checking: { ...GOODS, state: "working", steps: { payment: false, membership: null, receipt: false } },
  processing: { state: "processing" },
  approval: { state: "needs_approval", url: "#pay" },
  failed: { state: "failed", url: "#pay", declineClass: "funds" },
  failedInCart: { ...GOODS, state: "failed", declineClass: "generic" },
  unknown: { state: "unknown" },
  expired: { ...GOODS, state: "expired" },
  open: { state: "open", url: "#pay" },
};

const SHOWING: RetentionShowing = {
  ...{ id: "shw_sample", kind: "discount", subscriptionId: "sub_sample", currency: "SEK" },
  ...{ before: 39_900, after: 29_900, every: { unit: "month", count: 1 }, afterEvery: null, answer: null },
  ...{ discountBps: 2_500, months: 3, charges: 3, lastAt: day("2027-02-20"), freeUntilAt: day("2027-02-20") },
  ...{ renewsAt: day("2026-12-20"), resumeAt: day("2027-03-20"), productName: NAME, units: 1, holdsOnPause: false },
};
const OFFERS: Partial<RetentionShowing>[] = [
  {},
  { kind: "free", months: 2 },
  { kind: "pause" },
  { kind: "plan", afterEvery: { unit: "year", count: 1 }, after: 299_000 },
];

/** Where money is owed, paid and kept: what must never say more or less than it is. */
export function MoneySamples() {
  return (
    <>
      <Sample title="OverdueBanners, OpenPaymentBanner">
        <OverdueBanners overdue={{ items: EVERY_OVERDUE, nextCursor: null, previousCursor: null }} formKey="sample" />
        <OpenPaymentBanner payment={{ ref: "sample", url: "#pay" }} />
      </Sample>
      <Sample title="PurchaseState">
        <div className="grid gap-x-12 gap-y-10 md:grid-cols-2">
          {Object.entries(PURCHASES).map(([name, changes]) => (
            <PurchaseState
              key={name}
              heading="h3"
              purchase={{ ...PURCHASE, ...changes }}
              reference="sample"
              signedIn={name === "done"}
            />
          ))}
        </div>
      </Sample>
      <Sample title="RetentionOffer">
        <div className="grid gap-12 md:grid-cols-2">
          {OFFERS.map((changes) => (
            <RetentionOffer
              key={changes.kind ?? "discount"}
              heading="h3"
              offer={{ ...SHOWING, ...changes }}
              timing="period_end"
              home="/account/membership"
              organizationId={null}
            />
          ))}
        </div>
      </Sample>
    </>
  );
}
