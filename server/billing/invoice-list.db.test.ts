import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { memberOf, run } = testMemberships(shop);
const owner = await shop.member("agare@example.se");
const support = shop.browser({ session: { ...(await shop.member("stod@example.se")), staffRole: "support" as const } });
const { invoices } = support.caller.billing;

const organizationId = await company([[owner, "owner"]]);
const plan = await buy(owner, organizationId, "pro");
const member = await memberOf("medlem@example.se", "oppet");

describe("invoices as staff see them", () => {
  it("stand in one list: whose they are, what they are for and what they come to; found by whom, number and state", async () => {
    const { items, total } = await invoices.list({ counted: true });
    expect(total).toMatchObject({ count: 2 });
    expect(items.map(({ email, organizationId: of, status }) => ({ email, of, status }))).toEqual([
      { email: "medlem@example.se", of: null, status: "paid" },
      { email: "agare@example.se", of: organizationId, status: "paid" },
    ]);
    const found = async (asked: Parameters<typeof invoices.list>[0]) =>
      (await invoices.list(asked)).items.map(({ email }) => email);
    expect(await found({ customer: "medlem@" })).toEqual(["medlem@example.se"]);
    expect(await found({ customer: organizationId })).toEqual(["agare@example.se"]);
    expect(await found({ customer: plan.id })).toEqual(["agare@example.se"]);
    expect(await found({ q: items[0]?.stripeInvoiceId })).toEqual(["medlem@example.se"]);
    expect(await found({ q: items[0]?.number?.toLowerCase() ?? "none" })).toContain("medlem@example.se");
    expect(await found({ status: "open" })).toEqual([]);
    expect(await found({ to: "2001-01-01" })).toEqual([]);
    expect(await found({ sort: "total", direction: "asc" })).toHaveLength(2);
  });

  it("are paged both ways", async () => {
    const first = await invoices.list({ limit: 1 });
    const second = await invoices.list({ limit: 1, cursor: first.nextCursor ?? "" });
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    expect((await invoices.list({ limit: 1, cursor: second.previousCursor ?? "" })).items).toEqual(first.items);
  });

  it("has the order's lines in the first, its payment with every try, and what happened by name", async () => {
    const [{ id = "" } = {}] = (await invoices.list({ customer: "medlem@" })).items;
    const invoice = await invoices.get({ id });
    expect(invoice.lines.reduce((sum, line) => sum + line.totalAmount, 0)).toBe(invoice.totalAmount);
    expect(invoice.payments).toMatchObject([{ status: "paid", amount: invoice.totalAmount }]);
    expect(invoice.payments[0]?.attempts).toMatchObject([{ outcome: "approved" }]);
    expect(invoice.history.items.map(({ what, state }) => `${what} ${state}`)).toEqual(
      expect.arrayContaining(["invoice paid", "payment paid"]),
    );
    await expect(invoices.get({ id: "inv_none" })).rejects.toThrow(/no such invoice/);
  });

  it("says what is due once a charge was declined", async () => {
    const customer = String((await stripe.subscriptions.retrieve(plan.stripe)).customer);
    const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.subscriptions.update(plan.stripe, { default_payment_method: card.id });
    await shop.advance("P32D");
    await sql`update subscriptions set next_check_at = app_now() where id = ${plan.id}`;
    await run(sweepSubscriptionsJob);
    await shop.work();
    const [due, ...others] = (await invoices.list({ due: "overdue" })).items;
    expect(others).toEqual([]);
    expect(due).toMatchObject({ status: "open", organizationId, amountPaid: 0 });
    expect(due?.attemptCount).toBeGreaterThan(0);
    const again = due?.nextPaymentAttemptAt ? "retried" : "by_hand";
    expect((await invoices.list({ due: again })).items.map(({ id }) => id)).toEqual([due?.id]);
    const { history } = await invoices.get({ id: due?.id ?? "" });
    expect(history.items.find((one) => one.what === "attempt")?.cause).toMatch(/^declined: /);
  });

  it("are for staff alone", async () => {
    const asMember = shop.browser({ session: owner }).caller.billing.invoices;
    await expect(asMember.list({})).rejects.toThrow();
    expect(member.id).toBeTruthy();
  });
});
