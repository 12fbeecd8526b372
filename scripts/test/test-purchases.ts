import type Stripe from "stripe";
import { convergeCheckout } from "../../server/checkout/converge-checkout.ts";
import type { CheckoutShop, TestBrowser } from "./checkout-shop.ts";

export type TestPurchase = {
  readonly checkoutId: string;
  readonly sessionId: string;
  readonly url: string;
  readonly ref: string;
  readonly email: string;
  readonly browser: TestBrowser;
};

/** Purchases in a test shop: begun, paid on the hosted page, looked at from all sides. */
export function testPurchases(shop: CheckoutShop) {
  const { sql, stripe } = shop;
  let buyers = 0;

  async function begin(productId = "test-kund", browser = shop.browser()): Promise<TestPurchase> {
    const started = await browser.caller.checkout.start({ source: { productId } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    return { ...started, email: `buyer${++buyers}@example.se`, browser };
  }

  async function bought(productId?: string): Promise<TestPurchase> {
    const purchase = await begin(productId);
    const { returnedTo } = await shop.pay(purchase.url, { email: purchase.email });
    if (!returnedTo?.includes("/checkout/return")) throw new Error("the payment page did not lead back");
    return purchase;
  }

  /** Everything that a purchase left behind, without ids and instants: what must not depend on how we heard of it. */
  async function leftBehind({ checkoutId, email }: TestPurchase) {
    const [checkout] = await sql`select status, failure_code, next_check_at from checkouts where id = ${checkoutId}`;
    const [cart] =
      await sql`select status from carts where id = (select cart_id from checkouts where id = ${checkoutId})`;
    const orders =
      await sql`select status, total_amount, tax_amount, email, currency, paid_at is not null as paid from orders where checkout_id = ${checkoutId}`;
    const [order] = await sql`select id, customer_id from orders where checkout_id = ${checkoutId}`;
    const id = order?.id ?? "none";
    return {
      checkout,
      cart,
      orders,
      lines:
        await sql`select name, quantity, unit_amount, total_amount, tax_amount, position from order_lines where order_id = ${id} order by position`,
      payments:
        await sql`select status, amount, refunded_amount, card_brand, card_last4, invoice_id is not null as invoiced from payments where order_id = ${id}`,
      attempts:
        await sql`select outcome, decline_code, card_last4 from payment_attempts where payment_id in (select id from payments where order_id = ${id}) order by id`,
      memberships:
        await sql`select status, amount, interval, product_id, current_period_end_at is not null as period from subscriptions where order_id = ${id}`,
      invoices:
        await sql`select status, reason, total_amount, amount_paid, tax_amount from invoices where customer_id = ${order?.customer_id ?? ""}`,
      customers: await sql`select email, user_id from customers where email = ${email}`,
      mails: await sql`select template, to_address from emails where to_address = ${email} order by template`,
      fulfilments: await sql`select status from fulfilments where order_id = ${id}`,
      histories: await sql`
        select 'order' as what, event, to_state from order_transitions where subject_id = ${id}
        union all select 'checkout', event, to_state from checkout_transitions where subject_id = ${checkoutId}
        union all select 'payment', event, to_state from payment_transitions where subject_id in (select id from payments where order_id = ${id})
        union all select 'membership', event, to_state from subscription_transitions where subject_id in (select id from subscriptions where order_id = ${id})
        union all select 'invoice', event, to_state from invoice_transitions where subject_id in (select i.id from invoices i join subscriptions s on s.id = i.subscription_id where s.order_id = ${id})
        order by 1, 2`,
    };
  }

  /** The provider's events about one purchase, in the order they happened. */
  async function eventsOf(purchase: TestPurchase): Promise<Stripe.Event[]> {
    const session = await stripe.checkout.sessions.retrieve(purchase.sessionId, { expand: ["invoice"] });
    const invoice = session.invoice as Stripe.Invoice | null;
    const paid = invoice && (await stripe.invoicePayments.list({ invoice: invoice.id })).data[0];
    const known = new Set<unknown>([
      session.id,
      session.subscription,
      invoice?.id,
      paid?.id,
      session.payment_intent,
      paid?.payment.payment_intent,
    ]);
    const { data: newest } = await stripe.events.list({ limit: 50 });
    return newest.reverse().filter((event) => known.has((event.data.object as { id?: string }).id));
  }

  const converge = ({ checkoutId }: TestPurchase) => convergeCheckout(shop.worker(), { checkoutId });
  const alerts = (subject: string) => sql`select kind from alerts where subject = ${subject} and resolved_at is null`;
  return { begin, bought, leftBehind, eventsOf, converge, alerts };
}
