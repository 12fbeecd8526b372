import { describe, expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testPlanMoves } from "../../scripts/test/test-plan-moves.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { sweepChangesJob } from "../billing/jobs.ts";
import { applyPlanJob } from "../entitlements/index.ts";
import { ProviderError } from "../kernel/errors.ts";
import { enqueue } from "../kernel/job.ts";
import { compareObject } from "./compare-object.ts";
import { findPayments } from "./find-payments.ts";
import { dueObjects, type OpenObject } from "./open-objects.ts";
import { readStream, type StreamWork } from "./read-stream.ts";
import { reconcile, sweep } from "./reconcile.ts";
import { EVENTS } from "./stream.ts";

// The provider of this shop tells nobody anything: webhooks are switched off throughout.
const shop = await testCheckoutShop({}, [setByHand("subscription_change")]);
const { bought, leftBehind, converge } = testPurchases(shop);
const moves = await testPlanMoves(shop);
const { sql } = shop;

const drifts = (object: string) =>
  sql`select kind, field, ours, theirs, healed_by, healed_at is not null as healed from drifts where object = ${object} order by field`;
const alerts = (subject: string) => sql`select kind from alerts where subject = ${subject} and resolved_at is null`;
async function membershipOf({ checkoutId }: { checkoutId: string }): Promise<OpenObject> {
  const [row] =
    await sql`select s.id, stripe_subscription_id from subscriptions s join orders o on o.id = order_id where checkout_id = ${checkoutId}`;
  return { kind: "subscription", object: row?.stripe_subscription_id, subject: row?.id };
}
async function paymentOf({ checkoutId }: { checkoutId: string }): Promise<OpenObject> {
  const [row] =
    await sql`select p.id, external_id from payments p join orders o on o.id = order_id where checkout_id = ${checkoutId}`;
  return { kind: "payment", object: row?.external_id, subject: row?.id };
}

describe("a change of ours whose outcome is on its way", () => {
  test("is no drift, though the provider has made it and we have not written it yet", async () => {
    const one = await moves.subscriber();
    await shop.advance("P1D");
    const versions = await moves.onSale(5_900, true);
    const { id } = await moves.order(versions, "now");
    await shop.work();
    // As when a round of comparing comes while subscribers are moved: the call has taken effect, its answer is not here.
    await moves.fault({ kind: "reset", when: "after", path: `/v1/subscriptions/${one.stripe}` });
    await moves.office().migrations.begin({ id, shown: 1, reason: moves.reason });
    await shop.work();
    await moves.noFaults();
    expect(await moves.stepOf(id, one)).toMatchObject({ status: "unknown" });
    const object: OpenObject = { kind: "subscription", object: one.stripe, subject: one.id };
    const looked = () => sql`select id from reconciled_objects where id = ${`subscription:${one.stripe}`}`;
    expect(await compareObject(shop.worker(), object)).toBe(0);
    expect([await drifts(one.stripe), await looked(), await moves.rowOf(one.id)]).toMatchObject([
      ...[[], [], { amount: 4_900 }],
    ]);

    await sql`update subscription_changes set next_check_at = app_now() where subscription_id = ${one.id}`;
    await moves.run(sweepChangesJob);
    expect(await moves.stepOf(id, one)).toMatchObject({ status: "applied" });
    expect(await compareObject(shop.worker(), object)).toBe(0);
    expect([await drifts(one.stripe), await looked()]).toMatchObject([[], [{}]]);

    // One whose outcome nobody ever heard of hides what differs for an hour at most.
    await sql`update subscription_changes set status = 'unknown' where subscription_id = ${one.id}`;
    await sql`update subscriptions set amount = 1 where id = ${one.id}`;
    expect(await compareObject(shop.worker(), object)).toBe(0);
    await sql`update subscription_changes set created_at = created_at - interval '61 minutes' where subscription_id = ${one.id}`;
    expect(await compareObject(shop.worker(), object)).toBe(1);
  });
});

describe("with webhooks switched off", () => {
  test("the events that never came are found, once, and the shop ends as with them", async () => {
    const told = await bought();
    await converge(told);
    await shop.work();
    const silent = await bought();
    // Longer than between two readings: a worker that was there when a minute began may have read already.
    await shop.advance("PT6M");
    await reconcile(shop.worker());
    await shop.work();
    expect(await leftBehind(silent)).toEqual({ ...(await leftBehind(told)), ...(await own(silent)) });
    const found = await sql`select source, status from webhook_events where object_id = ${silent.sessionId}`;
    expect(found).toEqual([{ source: "reconciled", status: "handled" }]);

    const before = await sql`select count(*)::int as n from webhook_events`;
    await shop.advance("PT6M");
    await reconcile(shop.worker());
    expect(await sql`select count(*)::int as n from webhook_events`).toEqual(before);
    const [state] = await sql`select seen > 0 as looked, found from reconciliation_streams where name = 'events'`;
    expect(state).toEqual({ looked: true, found: 0 });
  });

  test("an event that comes later all the same changes nothing and raises no alarm", async () => {
    const silent = await bought();
    await shop.advance("PT6M");
    await reconcile(shop.worker());
    const events = await shop.stripe.events.list({ limit: 10 });
    const event = events.data.find((one) => one.type === "checkout.session.completed");
    expect(await shop.receive(event!)).toBe(200);
    await shop.work();
    expect(await alerts(`stripe:${event!.id}`)).toEqual([]);
    expect((await leftBehind(silent)).orders).toHaveLength(1);
  });

  test("of many workers at once one asks", async () => {
    await shop.advance("PT6M");
    const asked = async () => ((await shop.sandbox.control("requests")) as { requests: { path: string }[] }).requests;
    const before = (await asked()).filter((call) => call.path.startsWith("/v1/events")).length;
    await Promise.all(Array.from({ length: 6 }, () => reconcile(shop.worker())));
    // Once for each twenty of the types that are followed.
    expect((await asked()).filter((call) => call.path.startsWith("/v1/events")).length - before).toBe(2);
  });
});

/** What two purchases of the same thing do not share. */
async function own(purchase: Parameters<typeof leftBehind>[0]) {
  const { orders, customers, mails } = await leftBehind(purchase);
  return { orders, customers, mails };
}

describe("an object that the provider holds otherwise", () => {
  test("a membership that was ended there is a drift, healed by the use case of its webhook", async () => {
    const purchase = await bought("oppet");
    await converge(purchase);
    const membership = await membershipOf(purchase);
    expect(await compareObject(shop.worker(), membership)).toBe(0);
    await shop.stripe.subscriptions.cancel(membership.object);
    expect(await compareObject(shop.worker(), membership)).toBeGreaterThan(0);
    expect(await drifts(membership.object)).toContainEqual({
      kind: "subscription",
      field: "status",
      ours: "active",
      theirs: "canceled",
      healed_by: "convergeSubscription",
      healed: true,
    });
    expect(await sql`select status from subscriptions where id = ${membership.subject}`).toEqual([
      { status: "canceled" },
    ]);
    expect(await compareObject(shop.worker(), membership)).toBe(0);
  });

  test("money that was given back there", async () => {
    const purchase = await bought("towel");
    await converge(purchase);
    const payment = await paymentOf(purchase);
    await shop.stripe.refunds.create({ payment_intent: payment.object, amount: 1_000 });
    await compareObject(shop.worker(), payment);
    expect(await drifts(payment.object)).toMatchObject([
      { field: "refunded", ours: "0", theirs: "1000", healed: true },
      { field: "status", ours: "paid", theirs: "partially_refunded", healed: true },
    ]);
  });

  test("is left alone while news of it waits in the inbox", async () => {
    const purchase = await bought("oppet");
    await converge(purchase);
    const membership = await membershipOf(purchase);
    await shop.stripe.subscriptions.cancel(membership.object);
    await sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, occurred_at)
      values ('stripe:waits', 'stripe', 'waits', 'x', ${membership.object}, '{}', now())`;
    expect(await compareObject(shop.worker(), membership)).toBe(0);
    expect(await drifts(membership.object)).toEqual([]);
    await sql`delete from webhook_events where id = 'stripe:waits'`;
  });

  test("one that no use case can put right stays open, with an alert, until it is", async () => {
    const purchase = await bought("towel");
    await converge(purchase);
    const payment = await paymentOf(purchase);
    const [{ amount } = { amount: 0 }] = await sql`select amount from payments where id = ${payment.subject}`;
    await sql`update payments set amount = amount + 5 where id = ${payment.subject}`;
    await compareObject(shop.worker(), payment);
    await compareObject(shop.worker(), payment);
    expect(await drifts(payment.object)).toMatchObject([{ field: "amount", healed_by: null, healed: false }]);
    expect(await alerts(payment.object)).toEqual([{ kind: "reconciliation.drift" }]);
    await sql`update payments set amount = ${amount} where id = ${payment.subject}`;
    await compareObject(shop.worker(), payment);
    expect(await drifts(payment.object)).toMatchObject([{ field: "amount", healed_by: "another look" }]);
    expect(await alerts(payment.object)).toEqual([]);
  });

  test("one that the provider knows no more gets a tombstone and an alert, and is not asked for again", async () => {
    const purchase = await bought("oppet");
    await converge(purchase);
    const { subject } = await membershipOf(purchase);
    await sql`update subscriptions set stripe_subscription_id = 'sub_vanished' where id = ${subject}`;
    await compareObject(shop.worker(), { kind: "subscription", object: "sub_vanished", subject });
    expect(await drifts("sub_vanished")).toMatchObject([
      { field: "existence", ours: "active", theirs: null, healed: false },
    ]);
    expect(await alerts("sub_vanished")).toEqual([{ kind: "reconciliation.gone" }]);
    expect(await sql`select status from subscriptions where id = ${subject}`).toEqual([{ status: "active" }]);
    await shop.advance("P2D");
    const due = await shop.worker().db.transaction(dueObjects);
    expect(due.map((one) => one.object)).not.toContain("sub_vanished");
    expect(due.length).toBeGreaterThan(0);
  });
});

describe("what follows from the provider's word", () => {
  test("an organization's plan that was never applied is a drift, healed by applying it; one whose job waits is not", async () => {
    const one = await moves.subscriber();
    await shop.work();
    const [row] = await sql`select organization_id from subscriptions where id = ${one.id}`;
    const object: OpenObject = { kind: "organization", object: String(row?.organization_id), subject: one.id };
    await shop.advance("PT1H");
    expect(await shop.worker().db.transaction(dueObjects)).toContainEqual(object);
    expect(await compareObject(shop.worker(), object)).toBe(0);
    // As when its job had died: it pays for pro and has what the pilot gives.
    await sql`select pf_apply_plan_entitlements(${object.object}, 'pilot')`;
    await shop.worker().db.transaction((tx) => enqueue(tx, applyPlanJob, { subscriptionId: one.id, cause: "late" }));
    expect(await compareObject(shop.worker(), object)).toBe(0);
    await sql`update graphile_worker._private_jobs set attempts = max_attempts
      where task_id = (select id from graphile_worker._private_tasks where identifier = ${applyPlanJob.name})`;
    expect(await compareObject(shop.worker(), object)).toBe(1);
    expect(await drifts(object.object)).toEqual([
      {
        ...{ kind: "organization", field: "plan", ours: "pilot", theirs: "pro" },
        ...{ healed_by: "applyPlan", healed: true },
      },
    ]);
    const [told] = await sql`select from_plan, to_plan, cause_event from runs.telemetry
      where organization_id = ${object.object} order by at desc, id desc limit 1`;
    expect(told).toEqual({ from_plan: "pilot", to_plan: "pro", cause_event: `reconciliation ${one.id}` });
    expect(await compareObject(shop.worker(), object)).toBe(0);
  });

  test("one that applying does not put right is told by the plan that it should have, until it has it", async () => {
    const [one, another] = [await moves.subscriber(), await moves.subscriber()];
    await shop.work();
    const [row] = await sql`select organization_id from subscriptions where id = ${one.id}`;
    const object: OpenObject = { kind: "organization", object: String(row?.organization_id), subject: one.id };
    await sql`select pf_apply_plan_entitlements(${object.object}, 'pilot')`;
    // What is applied is another organization's.
    expect(await compareObject(shop.worker(), { ...object, subject: another.id })).toBe(1);
    const [alert] = await sql`select kind, detail from alerts where subject = ${object.object} and resolved_at is null`;
    expect(alert).toEqual({
      kind: "reconciliation.drift",
      detail: `The organization ${object.object} has the plan pilot instead of pro. Applying it again did not help.`,
    });
    expect(await compareObject(shop.worker(), object)).toBe(1);
    expect(await alerts(object.object)).toEqual([]);
  });
});

describe("a plan that nobody could put right", () => {
  async function organization() {
    const one = await moves.subscriber();
    await shop.work();
    const [row] = await sql`select organization_id from subscriptions where id = ${one.id}`;
    return { kind: "organization", object: String(row?.organization_id), subject: one.id } as const;
  }

  test("is no drift: none of it is bought or on sale, so that nothing would be applied", async () => {
    const object = await organization();
    // It pays for nothing any more, and has what it had.
    await sql`update subscriptions set status = 'canceled' where id = ${object.subject}`;
    await sql`update plan_versions set status = 'retired' where plan_code = 'pilot' and status = 'published'`;
    expect(await compareObject(shop.worker(), object)).toBe(0);
    expect(await drifts(object.object)).toEqual([]);
    await sql`update plan_versions set status = 'published' where plan_code = 'pilot' and status = 'retired'`;
    expect(await compareObject(shop.worker(), object)).toBe(1);
    expect(await drifts(object.object)).toMatchObject([{ ours: "pro", theirs: "pilot", healed: true }]);
    await sql`update subscriptions set status = 'active' where id = ${object.subject}`;
  });

  test("is no drift either where its version holds nothing, once that is applied", async () => {
    const object = await organization();
    const [made] = await sql`insert into plan_versions
      select (jsonb_populate_record(v, jsonb_build_object('id', 'plv_holds_nothing', 'version', 900, 'status', 'retired'))).*
      from plan_versions v where v.plan_code = 'pro' and v.status = 'published' returning id`;
    await sql`update subscriptions set plan_version_id = ${made?.id} where id = ${object.subject}`;
    expect(await compareObject(shop.worker(), object)).toBe(1);
    expect(await drifts(object.object)).toMatchObject([{ ours: "pro", theirs: null, healed: true }]);
    expect(await compareObject(shop.worker(), object)).toBe(0);
    expect(await alerts(object.object)).toEqual([]);
  });
});

describe("money that we know nothing of", () => {
  test("is adopted with the purchase it belongs to", async () => {
    const silent = await bought("towel");
    const session = await shop.stripe.checkout.sessions.retrieve(silent.sessionId);
    const externalId = session.payment_intent as string;
    expect(await findPayments(shop.worker(), [{ externalId, at: new Date(), paid: true }])).toBe(1);
    expect((await leftBehind(silent)).orders).toHaveLength(1);
    expect(await drifts(externalId)).toMatchObject([{ field: "existence", ours: null, theirs: "paid", healed: true }]);
    expect(await findPayments(shop.worker(), [{ externalId, at: new Date(), paid: true }])).toBe(0);
  });
});

describe("lists that are too long for one run", () => {
  test("are read on where they stopped, none further than another, and the cursor moves only at the end of all", async () => {
    const plan = { ...EVENTS, name: "payments" as const, graceMs: 0, everyMs: 0 };
    const start = shop.worker().now().getTime();
    await sql`insert into reconciliation_streams (name, cursor_at) values ('payments', ${new Date(start - 3_600_000).toISOString()})
      on conflict (name) do update set cursor_at = excluded.cursor_at, ran_at = null, walk_from = null, walk_down_to = null`;
    const noted = Array.from({ length: 25 }, (_, n) => ({ externalId: `n${n}`, at: new Date(start - n * 60_000) }));
    const taken: string[] = [];
    const listOf =
      (of: typeof noted): StreamWork<(typeof noted)[number]>["lists"][number] =>
      async ({ from, to, after }) => {
        const within = of.filter(({ at }) => at >= from && at <= to);
        const begin = after === null ? 0 : within.findIndex((one) => one.externalId === after) + 1;
        return { items: within.slice(begin, begin + 5), more: within.length > begin + 5 };
      };
    const read = (lists: (typeof noted)[]) =>
      readStream(
        shop.worker(),
        plan,
        {
          lists: lists.map(listOf),
          async take(items) {
            taken.push(...items.map((one) => one.externalId));
            return 0;
          },
        },
        2,
      );
    const cursor = async () =>
      Number(new Date((await sql`select cursor_at from reconciliation_streams where name = 'payments'`)[0]?.cursor_at));
    await read([noted]);
    expect(taken).toHaveLength(10);
    expect(await cursor()).toBe(start - 3_600_000);
    const due = await shop.worker().db.transaction((tx) => sweep.nextDue(tx));
    expect(due! < shop.worker().now()).toBe(true);
    await read([noted]);
    await read([noted]);
    expect(new Set(taken).size).toBe(25);
    expect(await cursor()).toBeGreaterThanOrEqual(start);

    // Most of it in one list, and in the other what was noted long before: a run ends before the other was begun.
    await sql`update reconciliation_streams set cursor_at = ${new Date(start - 3_600_000).toISOString()}, ran_at = null where name = 'payments'`;
    taken.length = 0;
    const [often, seldom] = [noted.filter((_, n) => n % 8 !== 0), noted.filter((_, n) => n % 8 === 0)];
    const before = await cursor();
    for (let runs = 1; (await cursor()) === before; runs++) {
      expect(runs).toBeLessThan(9);
      await read([often, seldom]);
    }
    expect(new Set(taken)).toEqual(new Set(noted.map(({ externalId }) => externalId)));
  });
});

describe("a provider that cannot be asked", () => {
  test("is told to staff after half an hour, and no longer once it answers", async () => {
    await shop.advance("PT31M");
    await reconcile(shop.worker());
    const down = {
      listEvents: () => Promise.reject(new ProviderError("stripe", "unavailable", "Stripe did not answer.")),
    };
    const deaf = () => {
      const now = shop.worker();
      return { ...now, providers: { ...now.providers, journal: { ...now.providers.journal, ...down } } };
    };
    await shop.advance("PT6M");
    await reconcile(deaf());
    expect(await alerts("events")).toEqual([]);
    await shop.advance("PT31M");
    await reconcile(deaf());
    expect(await alerts("events")).toEqual([{ kind: "reconciliation.silent" }]);
    await shop.advance("PT6M");
    await reconcile(shop.worker());
    expect(await alerts("events")).toEqual([]);
  });

  test("is asked again soon for what it is seldom asked for, and is silent only from when that was due", async () => {
    const deaf = () => {
      const now = shop.worker();
      const listPayouts = () => Promise.reject(new ProviderError("stripe", "unavailable", "Stripe did not answer."));
      return { ...now, providers: { ...now.providers, journal: { ...now.providers.journal, listPayouts } } };
    };
    const seen = async () =>
      (await sql`select last_error is null as well from reconciliation_streams where name = 'payouts'`)[0];
    await shop.advance("PT6H1M");
    await reconcile(shop.worker());
    expect(await seen()).toEqual({ well: true });
    await shop.advance("PT6H1M");
    await reconcile(deaf());
    expect([await seen(), await alerts("payouts")]).toEqual([{ well: false }, []]);
    await shop.advance("PT31M");
    await reconcile(deaf());
    expect(await alerts("payouts")).toEqual([{ kind: "reconciliation.silent" }]);
    await shop.advance("PT6M");
    await reconcile(shop.worker());
    expect([await seen(), await alerts("payouts")]).toEqual([{ well: true }, []]);

    // Nor has it ever been let in, as with a key that may not read them.
    await sql`delete from reconciliation_streams where name = 'payouts'`;
    await reconcile(deaf());
    expect(await alerts("payouts")).toEqual([]);
    await shop.advance("PT31M");
    await reconcile(deaf());
    expect(await alerts("payouts")).toEqual([{ kind: "reconciliation.silent" }]);
  });
});
