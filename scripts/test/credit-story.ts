import type { Actor } from "../../server/kernel/actor.ts";
import { databaseFor } from "../../server/kernel/db.ts";
import { testCheckoutShop } from "./checkout-shop.ts";
import { TOP_UP } from "./credit-model.ts";

/** The shop for a long story of credits: its clock stands still until it is moved, and every customer has a card that is kept. */
export async function testCreditStory() {
  const shop = await testCheckoutShop();
  const { sql } = shop;
  let at = Date.parse("2026-11-20T12:00:00Z");
  let people = 0;

  /** The shop as somebody sees it at the story's instant. */
  const as = (actor: Actor) => {
    const connection = actor.kind === "staff" ? shop.runtime.member : shop.runtime.service;
    if (!connection) throw new Error("web has the members' connection");
    const now = () => new Date(at);
    return { ...shop.worker(), actor, now, db: databaseFor(connection, { actor, now, reactions: {} }) };
  };

  /** For the database, which looks at the clock by itself, too. */
  async function moveTo(instant: number): Promise<void> {
    at = instant;
    await sql`update app_clock set offset_ms = ${at - Date.now()}, version = version + 1`;
  }

  /** Somebody whose card is kept, and charged when credits run low. */
  async function customer(): Promise<string> {
    const { customerId } = await shop.member(`modell${++people}@example.se`);
    const known = await shop.stripe.customers.create({ payment_method: "pm_card_visa" });
    const [card] = (await shop.stripe.paymentMethods.list({ customer: known.id, type: "card" })).data;
    await shop.stripe.customers.update(known.id, { invoice_settings: { default_payment_method: String(card?.id) } });
    await sql`insert into provider_customers (id, provider, external_id, customer_id, reusable, created_at)
      values (${`pcu_${people}`}, 'stripe', ${known.id}, ${customerId}, true, now())`;
    const { below, dailyCap, monthlyCap } = TOP_UP;
    await sql`insert into credit_settings
        (customer_id, top_up, top_up_below, product_id, quantity, currency, daily_cap, monthly_cap, updated_at)
      values (${customerId}, true, ${below}, 'credits-100', 1, 'SEK', ${dailyCap}, ${monthlyCap}, now())`;
    return String(customerId);
  }

  await moveTo(at);
  return {
    ...{ shop, customer, moveTo, now: () => at },
    ctx: as({ kind: "system", name: "test" }),
    staff: as({ kind: "staff", userId: "usr_owner", role: "owner", customerId: null, tokens: [] }),
  };
}
