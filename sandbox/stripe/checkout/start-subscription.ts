import { afterInvoice, readDiscounts } from "../coupons/discounts.ts";
import { newInvoiceItem } from "../invoice-items/shape.ts";
import { newInvoice, takeUp } from "../invoices/build.ts";
import { expectPayment, finalize, settle } from "../invoices/life.ts";
import { pay } from "../payment-intents/pay.ts";
import { saveCard } from "../setup-intents/confirm.ts";
import { newSetupIntent } from "../setup-intents/shape.ts";
import { rememberLines } from "../subscriptions/debits.ts";
import { newSubscription } from "../subscriptions/shape.ts";
import { announceTrialEnd } from "../subscriptions/trials.ts";
import { keepPeriodEnd } from "../subscriptions/upcoming.ts";
import { change, create, type Unit } from "../unit.ts";
import type {
  CheckoutSession,
  Customer,
  Invoice,
  InvoiceItem,
  PaymentIntent,
  PaymentMethod,
  Subscription,
  TaxRate,
} from "../wire.ts";
import { idOf } from "../world.ts";
import type { CheckoutDetails } from "./details.ts";

export interface PaidStart {
  session: CheckoutSession;
  details: CheckoutDetails;
  customer: Customer;
  /** None where nothing is due and the shop asks for none. */
  method: PaymentMethod | null;
  /** The payment of what is due now; none when nothing is. */
  intent: PaymentIntent | undefined;
  approved: boolean;
}

const ratesNamed = (unit: Unit, ids: readonly string[] | undefined): TaxRate[] =>
  (ids ?? []).flatMap((id) => unit.world.taxRates.get(id) ?? []);
const ownRates = (unit: Unit, details: CheckoutDetails, line: string) => ratesNamed(unit, details.rates?.[line]);

/** The subscription that was bought, not stored yet; a trial that was offered starts with it. */
function bought(unit: Unit, { customer, details, method }: PaidStart): Subscription {
  const { subscriptionData: data } = details;
  const trialEnd = data.trialEnd ?? (data.trialDays === null ? null : unit.now + data.trialDays * 86_400);
  const trialing = trialEnd !== null && trialEnd > unit.now;
  const built = newSubscription(
    unit,
    customer.id,
    details.lines
      .filter((line) => line.price.recurring)
      .map((line) => ({
        price: line.price,
        quantity: line.quantity ?? 1,
        taxRates: ownRates(unit, details, line.id),
      })),
    {
      default_payment_method: method?.id ?? null,
      default_tax_rates: ratesNamed(unit, details.usualRates),
      description: data.description,
      metadata: data.metadata,
      ...(trialing
        ? { billing_cycle_anchor: trialEnd, status: "trialing", trial_end: trialEnd, trial_start: unit.now }
        : {}),
      trial_settings: {
        end_behavior: { billing_cycle_anchor: null, missing_payment_method: data.withoutCard ?? "create_invoice" },
      },
    },
  );
  const code = details.promotionCodeId ?? undefined;
  const coupons =
    details.couponId === null
      ? []
      : [{ coupon: code === undefined ? details.couponId : undefined, discount: undefined, promotion_code: code }];
  const owner = { checkout_session: details.id, customer: customer.id, subscription: built.id };
  return { ...built, discounts: readDiscounts(unit, coupons, owner) };
}

/** What was bought once, beside the subscription: on its first invoice, before what renews. */
function onceItems(unit: Unit, { customer, details }: PaidStart, subscription: string): InvoiceItem[] {
  return details.lines
    .filter((line) => !line.price.recurring)
    .map((line) => {
      const quantity = line.quantity ?? 1;
      const item = newInvoiceItem(unit, customer.id, {
        amount: line.amount_subtotal,
        currency: line.currency,
        description: line.description,
        parent: { subscription_details: { subscription }, type: "subscription_details" },
        pricing: {
          price_details: { price: line.price.id, product: idOf(line.price.product) ?? "" },
          type: "price_details",
          unit_amount_decimal: line.price.unit_amount_decimal,
        },
        quantity,
        quantity_decimal: String(quantity),
        tax_rates: ownRates(unit, details, line.id),
      });
      unit.world.invoiceItems.insert(item);
      return item;
    });
}

/**
 * The payment goes through first, or the card is saved when nothing is due; then the subscription exists, its first invoice paid.
 * While a bank still decides, it runs already.
 */
export function startPaidSubscription(unit: Unit, start: PaidStart): Partial<CheckoutSession> {
  const { world } = unit;
  const { customer, method } = start;
  const built = bought(unit, start);
  const items = onceItems(unit, start, built.id);
  const draft: Invoice = newInvoice(unit, customer, built, {
    reason: "subscription_create",
    period: { start: unit.now, end: unit.now },
    free: built.status === "trialing",
    pending: items,
  });
  takeUp(unit, items, draft.id);
  rememberLines(unit, draft.lines.data, built.items.data);
  const intent = start.intent && payNow(unit, start, start.intent, draft.id);
  if (!intent && method) {
    const setup = create(
      unit,
      world.setupIntents,
      newSetupIntent(unit, { customer: customer.id }),
      "setup_intent.created",
    );
    saveCard(unit, setup, method);
  }
  const subscription = create(
    unit,
    world.subscriptions,
    { ...built, latest_invoice: draft.id },
    "customer.subscription.created",
  );
  const open = finalize(unit, create(unit, world.invoices, draft, "invoice.created"));
  const expected = intent && expectPayment(unit, open, intent);
  if (intent?.status === "processing") change(unit, world.invoices, open, { attempted: true });
  else settle(unit, open, expected);
  const discounts = afterInvoice(unit, subscription);
  const kept = change(unit, world.subscriptions, subscription, { discounts }, "customer.subscription.updated");
  if (kept.status === "trialing") announceTrialEnd(unit, kept);
  keepPeriodEnd(unit, kept);
  return { invoice: draft.id, subscription: kept.id };
}

function payNow(unit: Unit, start: PaidStart, intent: PaymentIntent, invoice: string): PaymentIntent {
  const meant = change(unit, unit.world.paymentIntents, intent, {
    payment_details: { customer_reference: null, order_reference: invoice },
  });
  if (!start.method) throw new Error(`payment ${meant.id} has no card`);
  const paid = pay(unit, meant, start.method, { approved: start.approved, offSession: false });
  if (paid.outcome !== "succeeded" && paid.outcome !== "processing")
    throw new Error(`payment ${meant.id} was judged payable and ended as ${paid.outcome}`);
  return paid.intent;
}
