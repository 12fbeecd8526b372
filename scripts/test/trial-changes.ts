import { sweepSubscriptionsJob } from "../../server/billing/jobs.ts";
import type { CheckoutShop } from "./checkout-shop.ts";
import type { testMemberships } from "./test-memberships.ts";

type Rule = "keep" | "from_start" | "restart";
type Memberships = ReturnType<typeof testMemberships>;
export type TrialMember = Awaited<ReturnType<Memberships["memberOf"]>>;

/** What tests of another plan in a trial have in common: the rule, plans with trials of 14, 30, 7 and no days, and what was charged. */
export async function testTrialChanges(shop: CheckoutShop, { formKey, row, run }: Memberships) {
  const { sql, stripe } = shop;
  const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
  const rulesOf = () => boss.caller.billing.changeRules;
  const reason = "So that nobody waits for a trial";
  async function ruled(trial: Rule) {
    const { newest, rules } = await rulesOf().read({});
    await rulesOf().save({ rules: { ...rules, trial }, seen: newest?.id ?? "", reason });
  }
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
  const quoteOf = ({ own, id }: TrialMember, productId: string) => own.quote({ id, ...target(productId) });
  async function change(member: TrialMember, productId: string) {
    const { sealed, quote } = await quoteOf(member, productId);
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    return { quote, wish, ...(await member.own.changePlan(wish)) };
  }
  /** What was charged, and for which periods, oldest first: bills of nothing left out. */
  async function charged({ stripeId }: Pick<TrialMember, "stripeId">) {
    const bills = (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data.toReversed();
    return bills
      .filter((bill) => bill.amount_paid > 0)
      .map((bill) => ({ amount: bill.amount_paid, at: new Date((bill.lines.data[0]?.period.start ?? 0) * 1000) }));
  }
  const ahead = async ({ own }: TrialMember) =>
    (await own.calendar()).charges.slice(0, 2).map(({ amount, at }) => ({ amount, at }));
  const startOf = async (member: TrialMember) => new Date(String((await row(member))?.started_at));
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
  return {
    boss,
    rulesOf,
    reason,
    ruled,
    target,
    quoteOf,
    change,
    charged,
    ahead,
    startOf,
    inWords,
    lettersTo,
    through,
  };
}
