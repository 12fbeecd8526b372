import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { type Joined, join } from "../../scripts/time-machine/acts.ts";
import { openMachine } from "../../scripts/time-machine/machine.ts";

const startsAt = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 2, 5, 9));
const DAY = 86_400_000;
const { urls } = await testDatabase();
const machine = await openMachine({ urls, startsAt, seed: 22, sandboxFolder: ":memory:" });
const { sql, stripe, control } = machine;
afterAll(() => machine.close());

let keys = 0;
const formKey = () => `dunning-0123456789-${++keys}`;
const own = ({ browser }: Joined) => browser.caller.billing.memberships;
const row = async ({ id }: Joined) => (await sql`select * from subscriptions where id = ${id}`)[0];

/** Somebody whose bank will refuse the first renewal for this reason. */
async function refusedBy(name: string, reason: string): Promise<Joined> {
  const email = `${name}@example.com`;
  const joined = await join(machine, {
    ...{ email, joins: 0, productId: "oppet", interval: "month", fate: { kind: "steady" } },
  });
  await bank(joined, reason);
  return joined;
}
async function bank({ stripeId }: Joined, refuses: string | null): Promise<void> {
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(stripeId);
  await control(`payment_methods/${String(card)}/bank`, { refuses });
}
/** Every try at what renews it: the day after the first one, and what the bank said. */
async function triesOf({ id }: Joined) {
  const tries = await sql<{ outcome: string; at: string }[]>`
    select a.outcome, a.at from payment_attempts a join payments p on p.id = a.payment_id join invoices i on i.id = p.invoice_id
    where i.subscription_id = ${id} and i.reason = 'subscription_cycle' order by a.at`;
  const first = Date.parse(tries[0]?.at ?? "");
  return tries.map(({ outcome, at }) => [Math.round((Date.parse(at) - first) / DAY), outcome]);
}
const mailsOf = async ({ member }: Joined, template: string) =>
  (await sql`select dedupe_key from emails where to_address = ${member.email} and template = ${template}`).length;
const goTo = async (days: number) => {
  const now = await machine.now();
  await machine.goTo(new Date(now.getTime() + days * DAY));
};

/** When the provider tries again after the first refusal, in days: what it recommends, and our sandbox does. */
const SCHEDULE = [0, 1, 3, 5, 7, 9, 11, 13, 14];

describe("R22: dunning by the provider's schedule", () => {
  it("tries soft refusals as it says, hard ones never again, and nothing after the end; each is told once", async () => {
    const soft = await refusedBy("soft", "insufficient_funds");
    const hard = await refusedBy("hard", "lost_card");
    const heals = await refusedBy("heals", "generic");
    const elsewhere = await refusedBy("elsewhere", "insufficient_funds");
    const leaves = await refusedBy("leaves", "insufficient_funds");
    await goTo(32);
    for (const one of [soft, hard, heals, elsewhere, leaves])
      expect(await row(one), one.member.email).toMatchObject({ status: "past_due" });
    // What the member is shown is when the provider tries next.
    const [bill] = (await stripe.invoices.list({ subscription: soft.stripeId, limit: 1 })).data;
    const shown = await own(soft).life({ id: soft.id });
    expect(shown.unpaid?.nextAttemptAt?.getTime()).toBe((bill?.next_payment_attempt ?? 0) * 1000);
    expect(shown.unpaid).toMatchObject({ declineClass: expect.any(String) });

    // Paid by another way at the provider: by hand, say.
    const [open] = (await stripe.invoices.list({ subscription: elsewhere.stripeId, limit: 1 })).data;
    await stripe.invoices.pay(open?.id ?? "", { paid_out_of_band: true });
    await own(leaves).cancel({ id: leaves.id, timing: "now", formKey: formKey() });
    await goTo(3);
    const left = await triesOf(leaves);
    await bank(heals, null);
    await goTo(20);

    expect(await triesOf(soft)).toEqual(SCHEDULE.map((day) => [day, "declined"]));
    expect(await triesOf(hard)).toEqual([[0, "declined"]]);
    const healed = await triesOf(heals);
    expect(healed.map(([, outcome]) => outcome).filter((outcome) => outcome === "approved")).toHaveLength(1);
    expect(healed.at(-1)?.[1]).toBe("approved");
    expect(await row(heals)).toMatchObject({ status: "active", overdue_since: null });
    expect((await triesOf(elsewhere)).every(([, outcome]) => outcome === "declined")).toBe(true);
    expect(await row(elsewhere)).toMatchObject({ status: "active", overdue_since: null });
    expect(await triesOf(leaves)).toEqual(left);
    expect(await row(leaves)).toMatchObject({ status: "canceled" });

    const tried = await triesOf(soft);
    await goTo(60);
    expect(await row(soft)).toMatchObject({ status: "canceled" });
    expect(await triesOf(soft)).toEqual(tried);
    expect(await triesOf(leaves)).toEqual(left);
    expect(await mailsOf(hard, "payment-failed")).toBe(1);
    const [twice] =
      await sql`select count(*)::int as n from (select to_address, subject, template, created_at::date, dedupe_key
      from emails group by 1, 2, 3, 4, 5 having count(*) > 1) again`;
    expect(twice).toEqual({ n: 0 });
  }, 1_200_000);

  it("ended while a try is on its way: it was charged before the end, or never", async () => {
    const joined = await refusedBy("in-flight", "insufficient_funds");
    await goTo(32);
    await bank(joined, null);
    // The charge takes its time; the member leaves meanwhile.
    await control("faults", { calls: [{ method: "POST", path: "/v1/invoices/", kind: "delay", delayMs: 1_500 }] });
    await own(joined).retry({ id: joined.id, formKey: formKey() });
    const leave = () => own(joined).cancel({ id: joined.id, timing: "now", formKey: formKey() });
    // While another wish is under way the member is told so, and asks again.
    for (let tries = 0; tries < 400; tries++) {
      const asked = await leave().then(
        () => true,
        () => false,
      );
      const ended = (await row(joined))?.status !== "past_due";
      if (asked || ended) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await goTo(1);
    const approved = (await triesOf(joined)).filter(([, outcome]) => outcome === "approved");
    const [bill] =
      await sql`select status from invoices where subscription_id = ${joined.id} and reason = 'subscription_cycle'`;
    // One or the other, never a bill that was taken back and charged.
    expect([approved.length, bill?.status]).toEqual(approved.length === 1 ? [1, "paid"] : [0, "void"]);
    if ((await row(joined))?.status === "active") await leaveAtEnd(joined);
    await goTo(40);
    expect(await row(joined)).toMatchObject({ status: "canceled" });
    expect((await triesOf(joined)).filter(([, outcome]) => outcome === "approved")).toHaveLength(approved.length);
  }, 600_000);
});

async function leaveAtEnd(joined: Joined): Promise<void> {
  await own(joined).cancel({ id: joined.id, timing: "period_end", formKey: formKey() });
}
