import type { CreditPointer, FrozenLine } from "../../drizzle/schema/checkout.ts";
import { recurringAmount, trialDaysOf, trialWithoutCardOf } from "./checkout-plan.ts";
import type { CheckoutStatus } from "./checkout-status.ts";
import type { SessionFacts } from "./gateway.ts";

/** What was frozen before the payment page was opened. */
export type FrozenPurchase = {
  readonly id: string;
  readonly mode: "payment" | "subscription";
  readonly currency: string;
  /** What was to be paid at once; what renews may cost something else. */
  readonly totalAmount: number;
  readonly lines: readonly FrozenLine[];
  readonly stripeSessionId: string | null;
  /** Once the purchase is completed its membership lives on by itself: another price later is no contradiction. */
  readonly status: CheckoutStatus;
  /** For whom credits are bought; null where none are. */
  readonly creditPointer: CreditPointer | null;
  /** For which organization a plan is bought; null for everything else. */
  readonly organizationId: string | null;
};

/**
 * What does not match between a payment page and the purchase it claims to be; empty when everything does. Nothing is
 * ever fulfilled on a page that does not match, whoever signed the message about it.
 */
export function sessionProblems(purchase: FrozenPurchase, facts: SessionFacts, livemode: boolean): string[] {
  const { payment, subscription, invoice } = facts;
  const recurring = recurringAmount(purchase.mode, purchase.lines);
  const begins = purchase.status !== "completed" ? subscription : null;
  const seats = purchase.lines.find((line) => line.seats !== undefined)?.seats;
  const trial = trialDaysOf(purchase.lines) > 0;
  const problems = [
    facts.checkoutId !== purchase.id && "it names another purchase",
    purchase.stripeSessionId !== null &&
      purchase.stripeSessionId !== facts.sessionId &&
      "the purchase has another payment page",
    facts.livemode !== livemode && (facts.livemode ? "it moved real money" : "it moved no real money"),
    facts.organizationId !== null &&
      facts.organizationId !== purchase.organizationId &&
      "it names another organization",
    facts.mode !== purchase.mode && `its mode is ${facts.mode}`,
    facts.currency !== purchase.currency && `its currency is ${facts.currency} instead of ${purchase.currency}`,
    facts.totalAmount !== purchase.totalAmount &&
      `its total is ${facts.totalAmount} instead of ${purchase.totalAmount}`,
    payment &&
      payment.amount !== purchase.totalAmount &&
      `the payment is of ${payment.amount} instead of ${purchase.totalAmount}`,
    payment && payment.currency !== purchase.currency && `the payment is in ${payment.currency}`,
    subscription && subscription.currency !== purchase.currency && `the membership is in ${subscription.currency}`,
    begins && begins.amount !== recurring && `the membership costs ${begins.amount} instead of ${recurring}`,
    begins && seats !== undefined && begins.quantity !== seats && `it has ${begins.quantity} seats instead of ${seats}`,
    begins && (begins.trialEndAt !== null) !== trial && `it begins ${trial ? "without the" : "with a"} trial`,
    begins &&
      trial &&
      (begins.trialWithoutCard ?? null) !== (trialWithoutCardOf(purchase.lines) ?? null) &&
      "its trial ends in another way",
    invoice &&
      invoice.totalAmount !== purchase.totalAmount &&
      `the invoice is of ${invoice.totalAmount} instead of ${purchase.totalAmount}`,
  ];
  return problems.filter((problem) => typeof problem === "string");
}

/**
 * Whether the page says that credits are for somebody else than the purchase says, or no longer for whom. What it says
 * is only compared, but who sees it changed should look before anything is granted.
 */
export function isForeignPointer(purchase: Pick<FrozenPurchase, "creditPointer">, facts: SessionFacts): boolean {
  const wanted = purchase.creditPointer;
  return (
    wanted?.userId !== (facts.pointer?.userId ?? undefined) ||
    (wanted?.keyId ?? null) !== (facts.pointer?.keyId ?? null)
  );
}
