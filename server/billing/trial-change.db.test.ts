import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob, sweepSubscriptionsJob } from "./jobs.ts";
import { sweepTrials } from "./sweep-trials.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy, planOf } = testPlans(shop);
const { formKey, memberOf, row, changesOf, chargeTo, run, mailsOf, fault, noFaults, refused, news, hear } =
  testMemberships(shop);
afterEach(() => noFaults());

type Rule = "keep" | "from_start" | "restart";
type Member = Awaited<ReturnType<typeof memberOf>>;
const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
const rulesOf = () => boss.caller.billing.changeRules;
const reason = "So that nobody waits for a trial";
async function ruled(trial: Rule) {
  const { newest, rules } = await rulesOf().read({});
  await rulesOf().save({ rules: { ...rules, trial }, seen: newest?.id ?? "", reason });
}
const DAY = 86_400_000;
const PRICES = { gruppass: 34_900, oppet: 39_900, "oppet-plus": 49_900, dagtid: 29_900 } as const;
// What members begin with has 14 days; the others 30, 7 and none. The first charge is the price alone.
await sql`update prices set setup_fee_amount = 0 where product_id = 'gruppass'`;
await sql`update prices set trial_days = 30 where product_id = 'oppet-plus'`;
await sql`update prices set trial_days = 7 where product_id = 'dagtid'`;
const variants = new Map(
  (await sql`select product_id, variant_id from prices where currency = 'SEK' and interval = 'month' and active`).map(
    (one) => [String(one.product_id), String(one.variant_id)],
  ),
);
const target = (productId: string) => ({ productId, variantId: variants.get(productId) ?? "" });
const quoteOf = ({ own, id }: Member, productId: string) => own.quote({ id, ...target(productId) });
async function change(member: Member, productId: string) {
  const { sealed, quote } = await quoteOf(member, productId);
  const wish = { id: member.id, quote: sealed, formKey: formKey() };
  return { quote, wish, ...(await member.own.changePlan(wish)) };
}
/** What was charged, and for which periods, oldest first: bills of nothing left out. */
async function charged({ stripeId }: Pick<Member, "stripeId">) {
  const bills = (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data.toReversed();
  return bills
    .filter((bill) => bill.amount_paid > 0)
    .map((bill) => ({ amount: bill.amount_paid, at: new Date((bill.lines.data[0]?.period.start ?? 0) * 1000) }));
}
const ahead = async ({ own }: Member) =>
  (await own.calendar()).charges.slice(0, 2).map(({ amount, at }) => ({ amount, at }));
const startOf = async (member: Member) => new Date(String((await row(member))?.started_at));
const inWords = (date: Date | undefined) =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "long", timeZone: "Europe/Stockholm" }).format(date);
async function lettersTo(email: string, template: string) {
  const rows = await sql`select text from emails where to_address = ${email} and template = ${template}`;
  return rows.map(({ text }) => String(text).replaceAll(/\s+/g, " "));
}
async function through(days: number) {
  await shop.advance(`P${days}D`);
  await run(sweepSubscriptionsJob);
}

/** Somebody under each rule, to each of the others: what becomes of the trial, and on which of its days; five of them are over. */
const CASES = [
  ["keep", "oppet-plus", "kept", 14],
  ["keep", "oppet", "kept", 14],
  ["from_start", "oppet-plus", "moved", 30],
  ["from_start", "dagtid", "moved", 7],
  ["from_start", "oppet", "now", 5],
  ["restart", "oppet-plus", "moved", 35],
  ["restart", "dagtid", "moved", 12],
  ["restart", "oppet", "now", 5],
] as const;

describe("another plan in a trial", () => {
  it("ends the trial as the shop's rule says, is charged as was quoted, and as the calendar said", async () => {
    const members = new Map<string, Member>();
    for (const [rule, product] of CASES)
      members.set(`${rule} ${product}`, await memberOf(`${rule}-${product}@example.se`, "gruppass"));
    const passed = await memberOf("passed@example.se", "gruppass");
    await shop.advance("P5D");
    const promised = [];
    for (const [rule, product, ends, on] of CASES) {
      await ruled(rule);
      const member = members.get(`${rule} ${product}`);
      if (!member) throw new Error("nobody");
      const began = await startOf(member);
      const { quote, wish, changeId } = await change(member, product);
      const at = new Date(began.getTime() + on * DAY);
      const price = PRICES[product];
      expect(quote).toMatchObject({ timing: "now", amount: price, nextAmount: price, trial: { rule, ends } });
      const shown = Date.parse(quote.trial?.at ?? "") - at.getTime();
      // Restarted and ended ones are counted from the press.
      expect(Math.abs(shown)).toBeLessThan(ends === "now" || rule === "restart" ? 300_000 : 5_000);
      expect(quote.preview.dueNow).toBe(ends === "now" ? price : 0);
      if (ends !== "now") expect(quote.nextPaymentAt).toBe(quote.trial?.at);
      expect(await member.own.changePlan(wish)).toEqual({ changeId });
      await shop.work();
      await executeChange(shop.worker(), { changeId });
      expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "applied" }]);
      const now = await row(member);
      expect(now).toMatchObject({ product_id: product, status: ends === "now" ? "active" : "trialing" });
      expect(now?.had_trial).toBe(true);
      const first = ends === "now" ? await charged(member) : [];
      expect(first.map(({ amount }) => amount)).toEqual(ends === "now" ? [price] : []);
      const next = await ahead(member);
      if (ends !== "now") expect(next[0]).toEqual({ amount: price, at: new Date(quote.trial?.at ?? 0) });
      expect(Math.abs(Number(next[0]?.at) - Date.parse(quote.nextPaymentAt ?? ""))).toBeLessThan(300_000);
      promised.push({ member, charges: [...first, ...next] });
      // Neither is the free time that staff give.
      const { items } = await member.browser.caller.subscriptions.mine.list();
      expect(items).toMatchObject([{ freeTime: false }]);
    }
    // The reminder follows the day, which is nearer now than the notice that is given.
    await sweepTrials(shop.worker());
    await shop.work();
    const [reminder] = await lettersTo("from_start-dagtid@example.se", "trial-ending");
    const nearer = promised.find(({ member }) => member.email === "from_start-dagtid@example.se")?.charges[0]?.at;
    expect(reminder).toContain(`299,00 kr dras för Dagtid den ${inWords(nearer)}`);
    const [told] = await lettersTo("restart-oppet@example.se", "membership-change");
    expect(told).toContain("399,00 kr");
    // Its days have passed, on the ninth: as a plan that has none.
    await shop.advance("P4D");
    await ruled("from_start");
    const { quote } = await change(passed, "dagtid");
    expect(quote).toMatchObject({ trial: { ends: "now" }, preview: { dueNow: 29_900 } });
    await shop.work();
    promised.push({ member: passed, charges: [...(await charged(passed)), ...(await ahead(passed))] });
    expect(promised.at(-1)?.charges).toHaveLength(3);
    for (let month = 0; month < 3; month += 1) await through(31);
    for (const { member, charges } of promised)
      expect((await charged(member)).slice(0, charges.length)).toEqual(charges);
  });

  it("begins anew once", async () => {
    const member = await memberOf("again@example.se", "gruppass");
    await ruled("restart");
    await shop.advance("P5D");
    const { quote } = await change(member, "oppet-plus");
    await shop.work();
    await shop.advance("P20D");
    const second = await quoteOf(member, "dagtid");
    expect(second.quote.trial).toEqual({ rule: "restart", ends: "kept", at: quote.trial?.at });
    expect((await quoteOf(member, "oppet")).quote.trial?.ends).toBe("now");
  });

  it("begins not anew for whoever had another trial", async () => {
    const [member, before] = [
      await memberOf("had-one@example.se", "gruppass"),
      await memberOf("same-person@example.se", "gruppass"),
    ];
    await ruled("restart");
    expect((await quoteOf(member, "oppet-plus")).quote.trial?.ends).toBe("moved");
    await sql`update subscriptions set customer_id = (select customer_id from subscriptions where id = ${member.id}) where id = ${before.id}`;
    expect((await quoteOf(member, "oppet-plus")).quote.trial?.ends).toBe("kept");
  });

  it("keeps a day that staff gave", async () => {
    const member = await memberOf("given@example.se", "gruppass");
    await ruled("from_start");
    const { freeTimes } = await boss.caller.billing.office.life({ id: member.id });
    const [offered] = freeTimes.filter(({ unit }) => unit === "day");
    if (!offered) throw new Error("no days can be given");
    const { unit, count, until } = offered;
    await boss.caller.billing.office.giveFreeTime({ id: member.id, unit, count, until, reason, formKey: formKey() });
    await shop.work();
    expect((await quoteOf(member, "oppet")).quote).toMatchObject({
      ...{ trial: { ends: "kept", at: until.toISOString() }, preview: { dueNow: 0 } },
    });
  });
});

describe("what goes wrong", () => {
  it("is not made by a rule that is another than was quoted by", async () => {
    const member = await memberOf("ruled@example.se", "gruppass");
    await ruled("keep");
    const { sealed } = await quoteOf(member, "oppet");
    await ruled("from_start");
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    await expect(member.own.changePlan(wish)).rejects.toThrow(refused("subscriptions.quote_expired"));
    expect(await changesOf(member)).toEqual([]);
  });

  it("is not made to a day that has passed since it was quoted", async () => {
    const member = await memberOf("just-late@example.se", "gruppass");
    await ruled("from_start");
    await shop.advance("P6DT23H50M");
    const { sealed, quote } = await quoteOf(member, "dagtid");
    expect(quote.trial?.ends).toBe("moved");
    await shop.advance("PT12M");
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    await expect(member.own.changePlan(wish)).rejects.toThrow(refused("subscriptions.quote_expired"));
    expect(await changesOf(member)).toEqual([]);
  });

  it("is made by staff in the same way", async () => {
    const member = await memberOf("by-staff@example.se", "gruppass");
    const { office } = boss.caller.billing;
    const { quote, sealed } = await office.quote({ id: member.id, ...target("oppet") });
    expect(quote).toMatchObject({ trial: { rule: "from_start", ends: "now" }, preview: { dueNow: 39_900 } });
    await office.changePlan({ id: member.id, quote: sealed, formKey: formKey(), reason });
    await shop.work();
    expect((await charged(member)).map(({ amount }) => amount)).toEqual([39_900]);
  });

  it.each(["before", "after"] as const)("lost %s it took effect, the first charge comes once", async (when) => {
    const member = await memberOf(`lost-${when}@example.se`, "gruppass");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId } = await change(member, "oppet");
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    expect((await charged(member)).map(({ amount }) => amount)).toEqual([39_900]);
  });

  it("asked for several times at once it is charged once", async () => {
    const member = await memberOf("raced@example.se", "gruppass");
    const { sealed } = await quoteOf(member, "oppet");
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() })),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await shop.work();
    expect((await charged(member)).map(({ amount }) => amount)).toEqual([39_900]);
  });

  it("of a card that is declined the trial goes on, and ends once it is paid", async () => {
    const [member, other] = [
      await memberOf("declined@example.se", "gruppass"),
      await memberOf("pays@example.se", "gruppass"),
    ];
    const ends = (await row(member))?.trial_end_at;
    for (const one of [member, other]) {
      await chargeTo(one, "pm_card_chargeCustomerFail");
      await change(one, "oppet");
    }
    await shop.work();
    const life = await other.life();
    expect(life).toMatchObject({ productId: "gruppass", status: "trialing", inFlight: { status: "awaiting_payment" } });
    await chargeTo(other, "pm_card_visa");
    await stripe.invoices.pay((await stripe.invoices.list({ subscription: other.stripeId })).data[0]?.id ?? "");
    await hear(await news(other));
    expect(await row(other)).toMatchObject({ product_id: "oppet", status: "active" });
    await shop.advance("P2D");
    await run(sweepChangesJob);
    expect(await changesOf(member)).toMatchObject([{ status: "failed", failure_code: "not_paid" }]);
    expect(await row(member)).toMatchObject({ product_id: "gruppass", status: "trialing", trial_end_at: ends });
    expect((await mailsOf(member)).at(-1)).toBe("Det blev inget byte");
  });

  it("comes to nothing when the trial is over before it is carried out", async () => {
    const member = await memberOf("over@example.se", "gruppass");
    await shop.advance("P13DT23H55M");
    const { changeId } = await change(member, "oppet");
    await stripe.subscriptions.update(member.stripeId, { trial_end: "now" });
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ status: "failed", failure_code: "trial_over" }]);
    expect((await charged(member)).map(({ amount }) => amount)).toEqual([34_900]);
  });

  it("asks for a card first where there is none and the trial would be over", async () => {
    await sql`update prices set trial_without_card = 'cancel' where product_id = 'gruppass'`;
    const browser = shop.browser({ session: await shop.member("no-card@example.se") });
    const started = await browser.caller.checkout.start({ source: { productId: "gruppass" } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email: "no-card@example.se", card: "" });
    await browser.caller.checkout.confirm({ ref: started.ref });
    await shop.work();
    const [mine] = (await browser.caller.subscriptions.mine.list()).items;
    const { memberships } = browser.caller.billing;
    const id = mine?.id ?? "";
    await expect(memberships.quote({ id, ...target("oppet") })).rejects.toThrow(
      refused("subscriptions.trial_needs_card"),
    );
    expect((await memberships.quote({ id, ...target("oppet-plus") })).quote.trial?.ends).toBe("moved");
  });
});

describe("the rule", () => {
  it("is told apart from the shop's where an organization has its own, and stays where a form does not name it", async () => {
    const owner = await shop.member("firma@example.se");
    const organizationId = await company([[owner, "owner"]]);
    const { rules, newest } = await rulesOf().read({});
    expect(rules.trial).toBe("from_start");
    const { trial: _, ...unnamed } = rules;
    await rulesOf().save({ rules: unnamed, seen: newest?.id ?? "", reason });
    expect((await rulesOf().read({})).newest?.id).toBe(newest?.id);
    await rulesOf().saveOfOrganization({ organizationId, rules: { ...rules, trial: "restart" }, seen: "", reason });
    expect((await rulesOf().read({ organizationId })).rules.trial).toBe("restart");
    expect((await rulesOf().read({})).rules.trial).toBe("from_start");
    // A plan goes by the organization's: 14 days of enterprise from the change, in place of the 30 that it began with.
    await sql`update prices set trial_days = 30 where amount = 4900 and currency = 'USD' and interval = 'month'`;
    await sql`update prices set trial_days = 14 where amount = 29900 and currency = 'USD' and interval = 'month'`;
    const { id } = await buy(owner, organizationId, "pro");
    await shop.advance("P2D");
    const { memberships } = shop.browser({ session: owner }).caller.billing;
    const [plan] = await sql`select product_id, variant_id from prices
      where amount = 29900 and currency = 'USD' and interval = 'month' and active`;
    const wanted = { id, productId: String(plan?.product_id), variantId: String(plan?.variant_id) };
    const { quote, sealed } = await memberships.quote(wanted);
    expect(quote).toMatchObject({ trial: { rule: "restart", ends: "moved" }, nextAmount: 29_900 });
    await memberships.changePlan({ id, quote: sealed, formKey: formKey() });
    await shop.work();
    expect(await planOf(organizationId)).toBe("enterprise");
    const charges = (await memberships.calendar()).charges.slice(0, 1);
    expect(charges).toMatchObject([{ amount: 29_900, at: new Date(quote.trial?.at ?? 0) }]);
    expect(Math.round((Number(charges[0]?.at) - shop.worker().now().getTime()) / DAY)).toBe(14);
  });
});
