import { beforeAll, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import type { Session } from "../trpc/context.ts";
import { convergeCheckout } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription")]);
const { sql } = shop;
const { company, begin } = testPlans(shop);
// Without a card: who somebody is, is known by account, address and organization alone.
beforeAll(async () => {
  await sql`update prices set setup_fee_amount = 0, trial_days = 14, trial_without_card = 'cancel'
    where product_id in ('gruppass', 'promptforge-pro')`;
});

/** What a page says is to come first, and what became of it: on trial, paid at once, or refused. */
type Came = { readonly shown: "trial" | "charge"; readonly status: string; readonly refused: boolean };
async function done(checkoutId: string): Promise<Came> {
  await convergeCheckout(shop.worker(), { checkoutId });
  await shop.work();
  const [row] = await sql`select s.status, s.trial_refused as refused, c.total_amount::int as today from checkouts c
    join orders o on o.checkout_id = c.id join subscriptions s on s.order_id = o.id where c.id = ${checkoutId}`;
  return { shown: row?.today === 0 ? "trial" : "charge", status: String(row?.status), refused: row?.refused === true };
}
async function buy(email: string, session?: Session): Promise<Came> {
  const browser = shop.browser(session ? { session } : {});
  const started = await browser.caller.checkout.start({ source: { productId: "gruppass" }, acceptChangedPrices: true });
  if (started.outcome !== "open") throw new Error(started.outcome);
  const charged = await chargedToday(started.checkoutId);
  await shop.pay(started.url, { email, ...(charged === 0 ? { card: "" } : {}) });
  return done(started.checkoutId);
}
async function buyPlan(session: Session, organizationId: string): Promise<Came> {
  const page = await begin(session, organizationId);
  const charged = await chargedToday(page.checkoutId);
  await shop.pay(page.url, charged === 0 ? { card: "" } : {});
  return done(page.checkoutId);
}
const chargedToday = async (id: string) =>
  (await sql`select total_amount::int as n from checkouts where id = ${id}`)[0]?.n;

const BEGINS: Came = { shown: "trial", status: "trialing", refused: false };
/** The page cannot know, or must not tell: what began is ended, and nothing was charged. */
const ENDED: Came = { shown: "trial", status: "canceled", refused: true };
const PAYS: Came = { shown: "charge", status: "active", refused: false };

describe("a trial without a card is had once", () => {
  it("by an address, however it is written", async () => {
    expect(await buy("Anna.Ek@Example.SE")).toEqual(BEGINS);
    expect(await buy("anna.ek@example.se")).toEqual(ENDED);
    expect(await buy(" ANNA.EK@example.se")).toEqual(ENDED);
    expect(await buy("\uff21nna.ek@example.se")).toEqual(ENDED);
  });

  it("by an account, and by a guest with its address; signed in its page charges at once", async () => {
    const session = await shop.member("bo@example.se");
    expect(await buy("bo@example.se", session)).toEqual(BEGINS);
    expect(await buy("Bo@example.se")).toEqual(ENDED);
    expect(await buy("bo@example.se", session)).toEqual(PAYS);
  });

  it("by the address of an account that was shut since", async () => {
    const session = await shop.member("cim@example.se");
    expect(await buy("cim@example.se", session)).toEqual(BEGINS);
    await sql`update users set disabled_at = now() where id = ${session.userId}`;
    expect(await buy("cim@example.se")).toEqual(ENDED);
  });

  it("by an address that an account had before it took another, and by an account, whatever its address", async () => {
    const session = await shop.member("Dag@Example.se".toLowerCase());
    expect(await buy("dag@example.se", session)).toEqual(BEGINS);
    await sql`update users set email = 'dag@ny.se', email_normalized = 'dag@ny.se' where id = ${session.userId}`;
    await sql`update customers set email = 'dag@ny.se', email_normalized = 'dag@ny.se' where user_id = ${session.userId}`;
    await sql`insert into email_changes (id, user_id, from_email, to_email, to_email_normalized, requested_at, confirmed_at)
      values ('emc_1', ${session.userId}, 'Dag@Example.se', 'dag@ny.se', 'dag@ny.se', now(), now())`;
    expect(await buy("dag@example.se")).toEqual(ENDED);
    expect(await buy("dag@ny.se")).toEqual(ENDED);
    expect(await buy("dag@ny.se", session)).toEqual(PAYS);
    // Who only asked for the address, and never had it, is somebody else.
    await sql`insert into email_changes (id, user_id, from_email, to_email, to_email_normalized, requested_at)
      values ('emc_2', ${session.userId}, 'eli@example.se', 'eli@ny.se', 'eli@ny.se', now())`;
    expect(await buy("eli@example.se")).toEqual(BEGINS);
  });

  it("by whoever buys for several organizations, and by an organization, whoever of it buys: each of their pages knows", async () => {
    const [eva, fia] = [await shop.member("eva@example.se"), await shop.member("fia@example.se")];
    const one = await company([
      [eva, "owner"],
      [fia, "admin"],
    ]);
    const two = await company([[eva, "owner"]]);
    expect(await buyPlan(eva, one)).toEqual(BEGINS);
    expect(await buyPlan(eva, two)).toEqual(PAYS);
    expect(await buy("eva@example.se", eva)).toEqual(PAYS);
    for (const role of ["admin", "billing", "owner"]) {
      await sql`update subscriptions set status = 'canceled' where organization_id = ${one}`;
      await sql`update organization_members set role = ${role} where organization_id = ${one} and user_id = ${fia.userId}`;
      expect(await buyPlan(fia, one)).toEqual(PAYS);
    }
    // Of what a colleague had for the organization, Fia herself had none: also where she looks after its money now.
    await sql`update organizations set billing_customer_id = ${fia.customerId} where id = ${one}`;
    expect(await buy("fia@example.se", fia)).toEqual(BEGINS);
  });
});
