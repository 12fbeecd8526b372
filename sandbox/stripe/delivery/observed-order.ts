/** What is known of a delivery when its place is sought. */
interface Waiting {
  id: number;
  type: string;
  /** Milliseconds on the sandbox clock. */
  nextAt: number;
}

/**
 * The order in which the provider was seen to send what belongs together: charges first, a checkout before the subscription it
 * started, a payment's success before its beginning. What is not named comes between the customer and the invoice.
 */
const observed = [
  "charge.succeeded",
  "charge.failed",
  "payment_method.attached",
  "customer.created",
  "checkout.session.completed",
  "setup_intent.succeeded",
  "setup_intent.created",
  "customer.updated",
  "customer.subscription.created",
  "customer.subscription.updated",
  "",
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.created",
  "refund.created",
  "charge.refunded",
  "refund.updated",
  "charge.refund.updated",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_failed",
  "invoice.updated",
  "charge.updated",
  "invoice_payment.paid",
];
const ranks = new Map(observed.map((type, rank) => [type, rank]));
const between = ranks.get("") ?? 0;

const rankOf = (type: string) => ranks.get(type) ?? between;

/** What is created within that many milliseconds belongs together. */
const momentMs = 250;

/** Deliveries as the provider was seen to send them: moment by moment, each beginning with the first that waits. */
export function asObserved<Of extends Waiting>(deliveries: readonly Of[]): Of[] {
  const moments: Of[][] = [];
  for (const one of deliveries.toSorted((a, b) => a.nextAt - b.nextAt || a.id - b.id)) {
    const moment = moments.at(-1);
    const first = moment?.[0];
    if (moment && first && one.nextAt - first.nextAt < momentMs) moment.push(one);
    else moments.push([one]);
  }
  return moments.flatMap((moment) => moment.toSorted((a, b) => rankOf(a.type) - rankOf(b.type) || a.id - b.id));
}

/** How many milliseconds later than the rest a type was seen to be sent. */
export function observedDelay(type: string, eventId: string): number {
  if (type === "charge.updated") return 2_000;
  if (type !== "invoice_payment.paid") return 0;
  // Between one and twenty seconds; the same event waits equally long each time.
  return 1_000 + ([...eventId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 20) * 1_000;
}
