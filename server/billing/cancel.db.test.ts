import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob, sweepSubscriptionsJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults, refused } =
  testMemberships(shop);
afterEach(() => noFaults());

const finance = { ...(await shop.member("finance@kraftverk.test")), staffRole: "finance" as const };
await sql`update users set staff_role = 'finance' where id = ${finance.userId}`;
const office = () => shop.browser({ session: finance }).caller.billing.office;

const atEnd = () => ({ timing: "period_end" as const, formKey: formKey() });

describe("an end that a member asks for", () => {
  it("comes with the period, is told once, and can be taken back until then", async () => {
    const member = await memberOf("ends@example.se", "oppet");
    const wish = { id: member.id, ...atEnd(), reason: "too_expensive" as const, comment: "Flyttar." };
    const asked = await member.own.cancel(wish);
    expect(await member.own.cancel(wish)).toEqual(asked);
    await shop.work();
    const scheduled = await row(member);
    expect(scheduled).toMatchObject({ status: "active", cancel_at: scheduled?.current_period_end_at });
    const atStripe = await stripe.subscriptions.retrieve(member.stripeId);
    expect(atStripe.cancellation_details).toMatchObject({ feedback: "too_expensive", comment: "Flyttar." });
    expect(await member.life()).toMatchObject({
      allowed: { cancel: null, keep: "cancel" },
      scheduled: { kind: "cancel" },
    });
    expect(await mailsOf(member)).toEqual([expect.stringMatching(/^Medlemskapet avslutas den /)]);

    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "active", cancel_at: null });
    expect(await changesOf(member)).toMatchObject([
      { kind: "cancel", status: "undone" },
      { kind: "keep", status: "applied" },
    ]);
    expect((await mailsOf(member))[1]).toBe("Medlemskapet fortsätter som förut");
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ status: "active" });
    expect(await sql`select status from invoices where subscription_id = ${member.id}`).toHaveLength(2);
  });

  const worlds = {
    "in order": (events: Parameters<typeof hear>[0]) => hear(events),
    twice: (events: Parameters<typeof hear>[0]) => hear([...events, ...events]),
    reversed: (events: Parameters<typeof hear>[0]) => hear(events.toReversed()),
    "not at all": () => run(sweepSubscriptionsJob),
  };
  it.each(Object.entries(worlds))("ends alike when webhooks come %s", async (name, listen) => {
    const member = await memberOf(`ends-${name.replaceAll(" ", "-")}@example.se`, "oppet");
    await news(member);
    await member.own.cancel({ id: member.id, ...atEnd() });
    await shop.work();
    await shop.advance("P32D");
    await listen(await news(member));
    expect(await row(member)).toMatchObject({ status: "canceled", next_check_at: null });
    expect(await changesOf(member)).toEqual([
      { kind: "cancel", timing: "period_end", status: "applied", failure_code: null },
    ]);
    expect(await sql`select total_amount::int as sum from invoices where subscription_id = ${member.id}`).toEqual([
      { sum: 39_900 },
    ]);
    expect(await mailsOf(member)).toHaveLength(1);
    await expect(member.own.keep({ id: member.id, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.change_not_allowed"),
    );
  });

  it("of two that are asked for at once one is taken, and the other is told", async () => {
    const member = await memberOf("raced@example.se", "oppet");
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => member.own.cancel({ id: member.id, ...atEnd() })));
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of results)
      if (one.status === "rejected") expect(one.reason).toEqual(refused("subscriptions.change_in_progress"));
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "scheduled" }]);
  });

  it("a job that runs twice at once sends it once", async () => {
    const member = await memberOf("twice@example.se", "oppet");
    const { changeId } = await member.own.cancel({ id: member.id, ...atEnd() });
    await Promise.all([1, 2, 3].map(() => executeChange(shop.worker(), { changeId })));
    expect(await changesOf(member)).toMatchObject([{ status: "scheduled" }]);
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await mailsOf(member)).toHaveLength(1);
  });

  it.each([
    ["the connection breaks after it took effect", "reset", "after"],
    ["the connection breaks before it took effect", "reset", "before"],
    ["the provider fails", "error", "before"],
  ] as const)("when %s it is unknown, asked about, and made once", async (_what, kind, when) => {
    const member = await memberOf(`unknown-${kind}-${when}@example.se`, "oppet");
    await fault({ kind, when, path: "/v1/subscriptions/" });
    const { changeId } = await member.own.cancel({ id: member.id, ...atEnd() });
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    expect(await member.own.outcome({ changeId })).toMatchObject({ status: "unknown" });
    await expect(member.own.cancel({ id: member.id, ...atEnd() })).rejects.toEqual(
      refused("subscriptions.change_in_progress"),
    );
    await noFaults();
    await sql`update subscription_changes set next_check_at = now() - interval '1 second' where id = ${changeId}`;
    await run(sweepChangesJob);
    expect(await changesOf(member)).toMatchObject([{ kind: "cancel", status: "scheduled" }]);
    expect(await mailsOf(member)).toHaveLength(1);
  });

  it("while a payment is overdue it comes at once, and what is open is not collected any more", async () => {
    const member = await memberOf("overdue@example.se", "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await member.life()).toMatchObject({
      status: "past_due",
      allowed: { cancel: "now", retry: true, plan: false },
      unpaid: { amount: 39_900, declineClass: "generic", nextAttemptAt: expect.any(Date) },
    });
    await expect(member.own.cancel({ id: member.id, ...atEnd() })).rejects.toEqual(
      refused("subscriptions.change_not_allowed"),
    );
    const charges = async () =>
      (
        await sql`select a.id from payment_attempts a join payments p on p.id = a.payment_id
      join invoices i on i.id = p.invoice_id where i.subscription_id = ${member.id}`
      ).length;
    await member.own.cancel({ id: member.id, timing: "now", formKey: formKey() });
    await shop.work();
    const before = await charges();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    const bills = await sql`select status from invoices where subscription_id = ${member.id} order by created_at`;
    expect(bills.map((bill) => bill.status)).toEqual(["paid", "void"]);
    await shop.advance("P40D");
    await run(sweepSubscriptionsJob);
    expect(await charges()).toBe(before);
    expect(await mailsOf(member)).toEqual(["Medlemskapet är avslutat"]);
  });

  it.each(["heard", "unheard"])("cannot be taken back once it has come (%s): page and mail say so", async (heard) => {
    const member = await memberOf(`too-late-${heard}@example.se`, "oppet");
    await member.own.cancel({ id: member.id, ...atEnd() });
    await shop.work();
    const ends = new Date(String((await row(member))?.cancel_at));
    const { changeId } = await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.advance("P32D");
    if (heard === "heard") await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    await shop.work();
    expect(await member.own.outcome({ changeId })).toMatchObject({ kind: "keep", status: "failed", endedAt: ends });
    expect(await member.life()).toMatchObject({ status: "canceled", endedAt: ends });
    expect((await mailsOf(member)).slice(1)).toEqual(["Medlemskapet hade redan avslutats"]);
    const [mail] = await sql`select text from emails where to_address = ${member.email}
      and subject = 'Medlemskapet hade redan avslutats'`;
    expect(String(mail?.text).replaceAll(/\s+/g, " ")).toContain("Inget mer dras. Du kan bli medlem på nytt");
    // There is nothing left for a person to do.
    expect(await sql`select id from alerts where starts_with(subject, ${member.id})`).toEqual([]);
  });

  it("with its period is not of another day than was shown", async () => {
    const member = await memberOf("old-page@example.se", "oppet");
    const shown = (await member.life()).currentPeriodEndAt ?? new Date(0);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    const wish = { id: member.id, ...atEnd(), endsAt: shown };
    await expect(member.own.cancel(wish)).rejects.toEqual(refused("subscriptions.end_moved"));
    expect(await changesOf(member)).toEqual([]);
    const next = (await member.life()).currentPeriodEndAt ?? new Date(0);
    await member.own.cancel({ ...wish, endsAt: next });
    await shop.work();
    expect(new Date(String((await row(member))?.cancel_at))).toEqual(next);
  });

  it.each(["end", "pause"] as const)("asked for by staff or by a pause (%s), is not either", async (what) => {
    const member = await memberOf(`old-page-${what}@example.se`, "oppet");
    const shown = (await member.life()).currentPeriodEndAt ?? new Date(0);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    const ask = async (endsAt: Date) => {
      const wish = { id: member.id, endsAt, reason: "Flyttar.", formKey: formKey() };
      if (what === "pause") return [await member.own.pause({ ...wish, months: 2 })];
      return office().end({ ...wish, timing: "period_end", refund: "none", shownRefund: 0 });
    };
    await expect(ask(shown)).rejects.toEqual(refused("subscriptions.end_moved"));
    await expect(
      office().pause({ id: member.id, endsAt: shown, reason: "Flyttar.", formKey: formKey() }),
    ).rejects.toEqual(refused("subscriptions.end_moved"));
    expect(await changesOf(member)).toEqual([]);
    expect(await sql`select id from audit_entries where subject = ${member.id}`).toEqual([]);
    const next = (await member.life()).currentPeriodEndAt ?? new Date(0);
    await ask(next);
    await shop.work();
    const held = await row(member);
    expect(new Date(String(what === "pause" ? held?.pause_at : held?.cancel_at))).toEqual(next);
  });

  it("is nobody else's to ask for", async () => {
    const member = await memberOf("mine@example.se", "oppet");
    const other = shop.browser({ session: await shop.member("stranger@example.se") }).caller.billing.memberships;
    await expect(other.cancel({ id: member.id, ...atEnd() })).rejects.toEqual(refused("subscriptions.not_found"));
    await expect(other.life({ id: member.id })).rejects.toEqual(refused("subscriptions.not_found"));
    const { changeId } = await member.own.cancel({ id: member.id, ...atEnd() });
    await expect(other.outcome({ changeId })).rejects.toEqual(refused("subscriptions.not_found"));
    await shop.work();
  });
});

describe("an end by staff", () => {
  it("now, with a share paid back: what was shown, once, by the refunds there are", async () => {
    const member = await memberOf("staff-ends@example.se", "oppet");
    await shop.advance("P10D");
    const { refunds } = await office().life({ id: member.id });
    expect(refunds).toMatchObject({ full: 39_900, card: { last4: "4242" } });
    expect(refunds?.prorated).toBeGreaterThan(25_000);
    expect(refunds?.prorated).toBeLessThan(28_000);
    const wish = { id: member.id, timing: "now" as const, reason: "Skadad axel, läkarintyg.", formKey: formKey() };
    await expect(office().end({ ...wish, refund: "prorated", shownRefund: 1 })).rejects.toEqual(
      refused("subscriptions.refund_changed"),
    );
    const asked = { ...wish, refund: "prorated" as const, shownRefund: refunds?.prorated ?? 0 };
    await office().end(asked);
    await office().end(asked);
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    const made = await sql`select r.status, r.amount::int as amount from refunds r join orders o on o.id = r.order_id
      where o.email = ${member.email}`;
    expect(made.map((one) => ({ ...one }))).toEqual([{ status: "succeeded", amount: refunds?.prorated }]);
    const [act] =
      await sql`select action, reason from audit_entries where subject = ${member.id} and action = 'billing.end_membership'`;
    expect(act).toMatchObject({ reason: "Skadad axel, läkarintyg." });
    expect(await mailsOf(member)).toEqual(["Medlemskapet är avslutat"]);
  });

  it("after a change for more in the period divides the share over both payments, the newest first", async () => {
    const member = await memberOf("divided@example.se", "oppet");
    await shop.advance("P10D");
    const target = { productId: "oppet-plus", variantId: "oppet-plus-month" };
    const { sealed } = await member.own.quote({ id: member.id, ...target });
    await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.work();
    await shop.advance("P1D");
    const paid = await sql<{ id: string; amount: number; from: Date; until: Date }[]>`
      select p.id, p.amount::int as amount, i.period_start_at as from, i.period_end_at as until
      from payments p join invoices i on i.id = p.invoice_id where i.subscription_id = ${member.id} order by p.created_at desc, p.id desc`;
    expect(paid).toHaveLength(2);
    const { refunds } = await office().life({ id: member.id });
    const sum = paid.reduce((total, { amount }) => total + amount, 0);
    expect(refunds).toMatchObject({ payments: 2, paymentId: paid[0]?.id, full: sum });
    // What is left of the days, at what the membership costs by now.
    const at = (instant: unknown) => Date.parse(String(instant));
    const [clock] = await sql<{ now: Date }[]>`select app_now() as now`;
    const { amount, current_period_start_at: start, current_period_end_at: end } = (await row(member)) ?? {};
    const left = (at(end) - at(clock?.now)) / (at(end) - at(start));
    expect(Math.abs((refunds?.prorated ?? 0) - Number(amount) * left)).toBeLessThanOrEqual(2);
    expect(refunds?.prorated).toBeGreaterThan(paid[0]?.amount ?? 0);

    const asked = {
      refund: "prorated" as const,
      shownRefund: refunds?.prorated ?? 0,
      reason: "Flyttar.",
      formKey: formKey(),
    };
    await Promise.all([1, 2].map(() => office().end({ id: member.id, timing: "now", ...asked })));
    await shop.work();
    const made = await sql`select payment_id, status, amount::int as amount from refunds
      where payment_id = any(${paid.map(({ id }) => id)}) order by amount desc`;
    const rest = (refunds?.prorated ?? 0) - (paid[0]?.amount ?? 0);
    expect(made.map((one) => ({ ...one })).toSorted((one) => (one.payment_id === paid[0]?.id ? -1 : 1))).toEqual([
      { payment_id: paid[0]?.id, status: "succeeded", amount: paid[0]?.amount },
      { payment_id: paid[1]?.id, status: "succeeded", amount: rest },
    ]);
  });

  it("finds nothing to pay back in the period before once all of the one that runs was paid back", async () => {
    const member = await memberOf("paid-back@example.se", "oppet");
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    const [paid] = await sql`select p.external_id as id from payments p join invoices i on i.id = p.invoice_id
      where i.subscription_id = ${member.id} order by p.created_at desc limit 1`;
    expect((await office().life({ id: member.id })).refunds).toMatchObject({ full: 39_900, payments: 1 });
    await stripe.refunds.create({ payment_intent: String(paid?.id) });
    await hear(await news(member));
    expect((await office().life({ id: member.id })).refunds).toBeNull();
  });

  it("with everything paid back names the order's lines, and with nothing pays nothing back", async () => {
    const all = await memberOf("full@example.se", "oppet");
    await office().end({
      ...{ id: all.id, timing: "now", refund: "full", shownRefund: 39_900 },
      ...{ reason: "Fel medlemskap.", formKey: formKey() },
    });
    await shop.work();
    const [refund] =
      await sql`select r.amount::int as amount, r.lines from refunds r join orders o on o.id = r.order_id where o.email = ${all.email}`;
    expect(refund).toMatchObject({ amount: 39_900 });
    expect(JSON.stringify(refund?.lines)).toContain("orl_");
    const none = await memberOf("none@example.se", "oppet");
    await office().end({
      ...{ id: none.id, timing: "now", refund: "none", shownRefund: 0 },
      ...{ reason: "Enligt önskan.", formKey: formKey() },
    });
    await shop.work();
    expect(await row(none)).toMatchObject({ status: "canceled" });
    expect(await sql`select 1 from refunds r join orders o on o.id = r.order_id where o.email = ${none.email}`).toEqual(
      [],
    );
  });
});
