import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlanMoves } from "../../scripts/test/test-plan-moves.ts";
import { reactions } from "../events.ts";
import { migratePage } from "./migrate-page.ts";
import { quoteMovePage } from "./quote-move.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const moves = await testPlanMoves(shop);
const {
  boss,
  fault,
  noFaults,
  office,
  reason,
  onSale,
  subscriber,
  order,
  read,
  outcomes,
  stepOf,
  held,
  rowOf,
  renew,
  refused,
} = moves;
const newest = async (one: { stripe: string }) =>
  (await stripe.invoices.list({ subscription: one.stripe, limit: 1 })).data[0];
const bills = async (one: { stripe: string }) => (await stripe.invoices.list({ subscription: one.stripe })).data.length;
/** The version that everybody moved so far is on by now. */
const begin = async (id: string) => office().migrations.begin({ id, shown: (await read(id)).quoted, reason });
const subjects = async (like: string) =>
  (await sql`select count(*)::int as n from emails where template = 'membership-change' and subject like ${like}`)[0]
    ?.n;

describe("A13: everybody on a version moved at once", () => {
  it("is reckoned for each before anybody is moved, and charges each what was shown, once", async () => {
    const [monthly, yearly] = [await subscriber(), await subscriber("year")];
    await shop.advance("P10D");
    const versions = await onSale(5_900, true);
    const { id } = await order(versions, "now");
    await quoteMovePage(shop.worker(), { migrationId: id });
    await shop.work();
    expect(await read(id)).toMatchObject({ status: "quoted", quoted: 2, timing: "now" });
    expect(await outcomes(id)).toEqual({ quoted: 2 });
    const [shown, free] = [await stepOf(id, monthly), await stepOf(id, yearly)];
    expect(shown).toMatchObject({ before: 4_900, amount: 5_900, takesBack: true });
    expect(shown.cost?.dueNow).toBeGreaterThan(500);
    expect(shown.cost?.dueNow).toBeLessThan(1_000);
    expect(free.cost).toEqual({ dueNow: 0, total: 0 });
    const due = shown.cost?.dueNow ?? 0;
    expect((await read(id)).costs).toEqual([{ currency: "USD", count: 2, charged: due, credited: 0 }]);
    expect([await bills(monthly), await rowOf(monthly.id)]).toEqual([1, { amount: 4_900, version: versions.before }]);

    await expect(office().migrations.begin({ id, shown: 1, reason })).rejects.toEqual(refused("plans.move_changed"));
    const press = () => office().migrations.begin({ id, shown: 2, reason });
    await Promise.all([press(), press()]);
    await Promise.all([1, 2].map(() => migratePage(shop.worker(), { migrationId: id })));
    await shop.work();
    await press();
    expect(await outcomes(id)).toEqual({ applied: 2 });
    expect(await read(id)).toMatchObject({ status: "done", quoted: 0 });
    expect((await newest(monthly))?.amount_paid).toBe(due);
    expect([await bills(monthly), await bills(yearly)]).toEqual([2, 1]);
    expect(await rowOf(monthly.id)).toEqual({ amount: 5_900, version: versions.id });
    expect(await rowOf(yearly.id)).toEqual({ amount: 49_000, version: versions.id });
    expect([await held(monthly.organizationId), await held(yearly.organizationId)]).toEqual([true, true]);
    expect([
      await subjects("PromptForge Pro har ett nytt pris"),
      await subjects("Villkoren för PromptForge Pro är ändrade"),
    ]).toEqual([1, 1]);
    await renew(monthly.id);
    expect((await newest(monthly))?.amount_paid).toBe(5_900);
  });

  it("sets off what is cheaper against the next payment, to the cent that was shown", async () => {
    const one = await subscriber();
    const versions = await onSale(4_900, true);
    const { id } = await order(versions, "now");
    await shop.work();
    const { cost } = await stepOf(id, one);
    expect(cost?.dueNow).toBe(0);
    expect(cost?.total).toBeLessThan(0);
    await begin(id);
    await shop.work();
    expect(await stepOf(id, one)).toMatchObject({ status: "applied", cost });
    expect(await rowOf(one.id)).toEqual({ amount: 4_900, version: versions.id });
    await renew(one.id);
    expect((await newest(one))?.amount_paid).toBe(4_900 + (cost?.total ?? 0));
  });

  it("moves whose card cannot be charged when it is paid, and the others at once", async () => {
    const [poor, rich] = [await subscriber(), await subscriber()];
    const customer = String((await stripe.subscriptions.retrieve(poor.stripe)).customer);
    const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.subscriptions.update(poor.stripe, { default_payment_method: card.id });
    const versions = await onSale(6_900, true);
    const { id } = await order(versions, "now");
    await shop.work();
    await begin(id);
    await shop.work();
    expect(await stepOf(id, rich)).toMatchObject({ status: "applied" });
    expect(await stepOf(id, poor)).toMatchObject({ status: "awaiting_payment" });
    expect(await rowOf(poor.id)).toEqual({ amount: 4_900, version: versions.before });
    expect(await subjects("PromptForge Pro får ett nytt pris när det är betalt")).toBe(1);
    await stripe.subscriptions.cancel(poor.stripe);
  });

  it("leaves out whom staff take out alone, and moves nobody whose period or price is another than was reckoned", async () => {
    const [out, renewed, moved] = [await subscriber(), await subscriber(), await subscriber()];
    const versions = await onSale(7_900, true);
    const { id } = await order(versions, "now");
    await shop.work();
    const wish = { id, stepId: (await stepOf(id, out)).id, reason: "They were promised their price" };
    const quoted = (await read(id)).quoted;
    await Promise.all([office().migrations.takeBack(wish), office().migrations.takeBack(wish)]);
    expect(await stepOf(id, out)).toMatchObject({ obstacle: "left_out", undoReason: wish.reason, takesBack: false });
    await expect(office().migrations.begin({ id, shown: quoted, reason })).rejects.toEqual(
      refused("plans.move_changed"),
    );
    await sql`update subscriptions set current_period_end_at = current_period_end_at + interval '1 month' where id = ${renewed.id}`;
    await begin(id);
    await shop.work();
    expect(await stepOf(id, out)).toMatchObject({ obstacle: "left_out" });
    expect(await stepOf(id, renewed)).toMatchObject({ obstacle: "quote_expired", status: null });
    expect(await stepOf(id, moved)).toMatchObject({ status: "applied" });
    expect([await bills(out), await bills(renewed), await bills(moved)]).toEqual([1, 1, 2]);
    const told = await sql`select action, reason from audit_entries where subject = ${out.id}`;
    expect(told).toEqual([{ action: "plans.take_back_step", reason: wish.reason }]);
    const wrong = { ...wish, stepId: (await stepOf(id, moved)).id };
    await expect(office().migrations.takeBack(wrong)).rejects.toEqual(refused("plans.not_to_take_back"));
  });

  it("leaves whom the provider has no answer for where they are, after its tries, and moves the others", async () => {
    const [silent, other] = [await subscriber(), await subscriber()];
    const versions = await onSale(6_400, true);
    await fault({
      kind: "error",
      status: 500,
      method: "GET",
      path: `/v1/subscriptions/${silent.stripe}`,
      times: 1_000,
    });
    const { id } = await order(versions, "now");
    await shop.work();
    // The others are reckoned already; the page comes back for the one, and what was reckoned waits with it.
    expect(await read(id)).toMatchObject({ status: "quoting" });
    expect((await stepOf(id, other)).cost).not.toBeNull();
    const waiting = async () =>
      (
        await sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'plans.quote-move' and payload->>'migrationId' = ${id} and run_at > now()`
      ).map(({ payload }) => payload.tries);
    expect(await waiting()).toEqual([1]);
    for (const tries of [1, 1, 6, 6]) await quoteMovePage(shop.worker(), { migrationId: id, tries });
    await noFaults();
    expect(await stepOf(id, silent)).toMatchObject({ obstacle: "no_answer", cost: null });
    expect(await read(id)).toMatchObject({ status: "quoted" });
    await begin(id);
    await shop.work();
    expect(await rowOf(other.id)).toEqual({ amount: 6_400, version: versions.id });
    expect(await rowOf(silent.id)).not.toEqual({ amount: 6_400, version: versions.id });
  });

  it("is begun and gone on with by a job that a worker of the release before, which would book it for later, does not know", () => {
    for (const event of ["plan_migration.begun", "plan_migration.resumed"])
      expect(reactions[event]?.map(({ job }) => job.name)).toEqual(["plans.move-now"]);
  });

  it("is dropped, and what was reckoned holds for some hours", async () => {
    const one = await subscriber();
    const before = await rowOf(one.id);
    const versions = await onSale(8_900, true);
    const first = await order(versions, "now");
    await shop.work();
    await office().migrations.steer({ id: first.id, act: "drop", reason });
    await expect(begin(first.id)).rejects.toEqual(refused("plan_migration.illegal_transition"));
    const second = await order(versions, "now");
    await shop.work();
    await shop.advance("PT5H");
    await expect(begin(second.id)).rejects.toEqual(refused("plans.quotes_expired"));
    expect((await stepOf(second.id, one)).takesBack).toBe(true);
    await office().migrations.steer({ id: second.id, act: "drop", reason });
    await shop.work();
    expect((await stepOf(second.id, one)).takesBack).toBe(false);
    expect([await rowOf(one.id), await bills(one)]).toEqual([before, 1]);
  });
});

describe("A13: one of those who are moved", () => {
  it("is taken back alone, with its reason, and once; the others come as booked", async () => {
    const [back, goes] = [await subscriber(), await subscriber()];
    const before = await rowOf(back.id);
    const versions = await onSale(9_900, true);
    const { id } = await order(versions, "period_end");
    await shop.work();
    const { id: stepId, takesBack } = await stepOf(id, back);
    expect(takesBack).toBe(true);
    const wish = { id, stepId, reason: "An agreement says so" };
    await Promise.all([office().migrations.takeBack(wish), office().migrations.takeBack(wish)]);
    await shop.work();
    expect(await stepOf(id, back)).toMatchObject({ status: "undone", undoReason: wish.reason, takesBack: false });
    expect(await stepOf(id, goes)).toMatchObject({ status: "scheduled", undoReason: null, takesBack: true });
    expect((await stripe.subscriptions.retrieve(back.stripe)).schedule).toBeNull();
    const kept =
      await sql`select kind, comment from subscription_changes where subscription_id = ${back.id} and kind = 'keep'`;
    expect(kept).toEqual([{ kind: "keep", comment: wish.reason }]);
    await renew(back.id, goes.id);
    expect(await rowOf(back.id)).toEqual(before);
    expect(await rowOf(goes.id)).toEqual({ amount: 9_900, version: versions.id });
    await office().migrations.steer({ id, act: "undo", reason });
    await shop.work();
    expect(await read(id)).toMatchObject({ status: "undone" });
  });

  it("is taken back anew where the provider refused that", async () => {
    const kept = await subscriber();
    const versions = await onSale(10_900, true);
    const waiting = async () =>
      (await boss.caller.overview.workQueue()).items.flatMap((item) =>
        item.kind === "move_not_undone" ? [item.id] : [],
      );
    const { id } = await order(versions, "period_end");
    await shop.work();
    const { id: stepId } = await stepOf(id, kept);
    await fault({ kind: "error", status: 400, path: "/v1/subscription_schedules" });
    await office().migrations.takeBack({ id, stepId, reason: "An agreement says so" });
    await shop.work();
    await noFaults();
    expect(await waiting()).toEqual([`${id}:${stepId}`]);
    expect(await stepOf(id, kept)).toMatchObject({ status: "scheduled", takesBack: true });
    await office().migrations.takeBack({ id, stepId, reason: "An agreement says so, again" });
    await shop.work();
    expect(await stepOf(id, kept)).toMatchObject({ status: "undone", undoReason: "An agreement says so, again" });
    expect(await waiting()).toEqual([]);
  });

  it("waits for nobody once staff leave it where it is, though the provider refused its move", async () => {
    const one = await subscriber();
    const versions = await onSale(11_900, true);
    await fault({ kind: "error", status: 400, path: "/v1/subscription_schedules" });
    const { id } = await order(versions, "period_end");
    await shop.work();
    await noFaults();
    const step = await stepOf(id, one);
    expect(step).toMatchObject({ status: "failed", takesBack: true });
    const mine = async () =>
      (await boss.caller.overview.workQueue()).items.filter((item) => item.id === `${id}:${step.id}`).length;
    expect(await mine()).toBe(1);
    await office().migrations.takeBack({ id, stepId: step.id, reason: "They stay as they are" });
    expect(await mine()).toBe(0);
    expect(await stepOf(id, one)).toMatchObject({ status: "failed", takesBack: false });
  });
});
