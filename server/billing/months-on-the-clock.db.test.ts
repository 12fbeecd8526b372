import { describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { CARDS } from "../../scripts/test/shop-people.ts";
import { sized } from "../../scripts/test/size.ts";
import { join } from "../../scripts/time-machine/acts.ts";
import { openMachine } from "../../scripts/time-machine/machine.ts";
import { parseAnnouncement, receiveAnnouncement } from "../pricing/index.ts";
import { renewalDate } from "../subscriptions/index.ts";

const MONTHS = sized(13, 36);
// The last day of a month: others lack it, one February in four has a day more.
const startsAt = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 31, 9));
const HOUR = 3_600_000;
const { urls } = await testDatabase();

type Kind = {
  readonly product: string;
  readonly interval: "month" | "year";
  readonly charged: readonly (readonly [number, number])[];
};
/** By how many months are lived: `[how often, minor units]`, in the order of time, worked out by hand. */
const golden = (thirteen: Kind["charged"], thirtySix: Kind["charged"]) => (MONTHS === 13 ? thirteen : thirtySix);

/**
 * Everybody buys on 31 January at 09.00. Monthly: now and at the end of 13 (36) months, so 14 (37) times. Yearly: now and
 * after 12 months (12, 24, 36).
 */
const KINDS = {
  monthly: { product: "oppet", interval: "month", charged: golden([[14, 39_900]], [[37, 39_900]]) },
  yearly: { product: "oppet-plus", interval: "year", charged: golden([[2, 499_000]], [[4, 499_000]]) },
  // Three months at the campaign's price, then what was promised.
  campaign: {
    ...{ product: "dagtid", interval: "month" },
    charged: golden(
      [
        [3, 19_900],
        [11, 29_900],
      ],
      [
        [3, 19_900],
        [34, 29_900],
      ],
    ),
  },
  // What it costs to join at once, two weeks for nothing, then on the 14th: 13 (36) times.
  trial: {
    ...{ product: "gruppass", interval: "month" },
    charged: golden(
      [
        [1, 9_900],
        [13, 34_900],
      ],
      [
        [1, 9_900],
        [36, 34_900],
      ],
    ),
  },
  // Rests from the first renewal on for three months: 28 February to 28 May, and from then on as before.
  rests: { product: "oppet", interval: "month", charged: golden([[11, 39_900]], [[34, 39_900]]) },
  // Says during its first month that it ends with it.
  ends: { product: "oppet-plus", interval: "month", charged: [[1, 49_900]] },
  // From the sixth renewal on the bank says no: the provider gives up after two weeks, and nothing more is charged.
  refused: { product: "oppet", interval: "month", charged: [[6, 39_900]] },
  // In the middle of its first month a quarter is taken off for three months: 399.00 becomes 299.25 three times.
  coupon: {
    ...{ product: "oppet", interval: "month" },
    charged: golden(
      [
        [1, 39_900],
        [3, 29_925],
        [10, 39_900],
      ],
      [
        [1, 39_900],
        [3, 29_925],
        [33, 39_900],
      ],
    ),
  },
  // In the middle of its first month from 399 to 499: half of the difference at once, then the new price.
  upgraded: {
    ...{ product: "oppet", interval: "month" },
    charged: golden(
      [
        [1, 39_900],
        [1, 5_000],
        [13, 49_900],
      ],
      [
        [1, 39_900],
        [1, 5_000],
        [36, 49_900],
      ],
    ),
  },
} as const satisfies Record<string, Kind>;

/**
 * Plans, in US cents. Enterprise is 299.00 for five seats and 49.00 for each beyond: three more in the middle of the first month
 * cost half of 147.00 and then 446.00 in all; two of them are given back during the sixth, so that the sixth renewal is 348.00.
 */
const PLANS = {
  seats: {
    plan: "enterprise",
    interval: "month",
    charged: golden(
      [
        [1, 29_900],
        [1, 7_350],
        [5, 44_600],
        [8, 34_800],
      ],
      [
        [1, 29_900],
        [1, 7_350],
        [5, 44_600],
        [31, 34_800],
      ],
    ),
  },
  solo: { plan: "pro", interval: "year", charged: golden([[2, 49_000]], [[4, 49_000]]) },
} as const;
type Name = keyof typeof KINDS;
/** What is tax in 399.00: 6 %, and from the sixth renewal on 12 %. What is asked for stays the same. */
const TAX = { before: { bills: 6, amount: 2_258 }, after: { bps: 1_200, amount: 4_275 } } as const;
const after = (months: number) => renewalDate(startsAt, { interval: "month", intervalCount: 1 }, months);

describe(`R21: ${MONTHS} months on the clock`, () => {
  it("charge every kind of membership what a hand-made table says, and everything charged is billed", async () => {
    const machine = await openMachine({ urls, startsAt, seed: 21, sandboxFolder: ":memory:" });
    try {
      await live(machine);
    } finally {
      await machine.close();
    }
  }, 1_500_000);
});

async function live(machine: Awaited<ReturnType<typeof openMachine>>): Promise<void> {
  const { sql, stripe, control } = machine;
  const mailOf = (name: string) => `${name}@example.com`;
  const buy = (name: Name) =>
    join(machine, {
      ...{ email: mailOf(name), joins: 0, fate: { kind: "steady" } },
      ...{ productId: KINDS[name].product, interval: KINDS[name].interval },
    });
  await announceCampaign(machine);
  for (const name of ["monthly", "yearly", "campaign", "trial"] as const) await buy(name);
  const coupon = await buy("coupon");
  const [rests, ends, refused, upgraded] = [
    await buy("rests"),
    await buy("ends"),
    await buy("refused"),
    await buy("upgraded"),
  ];
  const seats = await buyPlan(machine, mailOf("seats"), PLANS.seats);
  await buyPlan(machine, mailOf("solo"), PLANS.solo);
  const seatsTo = async (count: number, formKey: string) => {
    const { quoteSeats, changeSeats } = seats.browser.caller.billing.memberships;
    const { sealed } = await quoteSeats({ id: seats.id, seats: count });
    await changeSeats({ id: seats.id, quote: sealed, formKey });
  };
  const key = (name: string) => `months-on-the-clock-${name}`;
  await rests.browser.caller.billing.memberships.pause({ id: rests.id, months: 3, formKey: key("rests") });
  await ends.browser.caller.billing.memberships.cancel({ id: ends.id, timing: "period_end", formKey: key("ends") });

  const period = after(1).getTime() - startsAt.getTime();
  await machine.goTo(new Date((await machine.now()).getTime() + period / 2));
  const own = upgraded.browser.caller.billing.memberships;
  const quote = await own.quote({ id: upgraded.id, productId: "oppet-plus", variantId: "oppet-plus-month" });
  await own.changePlan({ id: upgraded.id, quote: quote.sealed, formKey: key("upgraded") });
  await seatsTo(8, key("more-seats"));
  await giveMonths(machine, coupon.id, { bps: 2_500, months: 3, formKey: key("coupon") });

  await machine.goTo(new Date(after(5).getTime() + 24 * HOUR));
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(refused.stripeId);
  await control(`payment_methods/${String(card)}/bank`, { refuses: "insufficient_funds" });
  await seatsTo(6, key("fewer-seats"));
  await sql`update products set tax_rate_bps = ${TAX.after.bps} where id = 'oppet'`;
  await machine.goTo(new Date(after(MONTHS).getTime() + 3 * HOUR));

  const tables = { ...KINDS, ...PLANS };
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    const paid = await sql<
      { amount: string }[]
    >`select i.amount_paid as amount from invoices i join customers c on c.id = i.customer_id
      where c.email = ${mailOf(name)} and i.amount_paid > 0 order by i.created_at`;
    const table = tables[name].charged.flatMap(([times, amount]) => Array.from({ length: times }, () => amount));
    const real = paid.map(({ amount }) => Number(amount));
    expect(real, name).toEqual(table);
  }
  const days = await sql<
    { day: string }[]
  >`select to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD') as day from invoices i
    join customers c on c.id = i.customer_id where c.email = ${mailOf("monthly")} order by i.created_at`;
  expect(days.map(({ day }) => day)).toEqual(
    Array.from({ length: MONTHS + 1 }, (_, month) => after(month).toISOString().slice(0, 10)),
  );

  const taxes = await sql<{ tax: string }[]>`select i.tax_amount as tax from invoices i
    join customers c on c.id = i.customer_id where c.email = ${mailOf("monthly")} order by i.created_at`;
  expect(taxes.map(({ tax }) => Number(tax))).toEqual([
    ...Array(TAX.before.bills).fill(TAX.before.amount),
    ...Array(MONTHS + 1 - TAX.before.bills).fill(TAX.after.amount),
  ]);

  // What was billed is what was paid and what is still owed, in our books and in theirs.
  const [sums] = await sql`select sum(total_amount) as billed, sum(amount_paid) as paid,
      sum(total_amount - amount_paid) filter (where status in ('open', 'uncollectible', 'void')) as open,
      (select sum(amount) from payments where paid_at is not null) as taken from invoices where status <> 'draft'`;
  expect(Number(sums?.billed)).toBe(Number(sums?.paid) + Number(sums?.open));
  expect(sums?.taken).toBe(sums?.paid);
  const [left] = await sql`select status from subscriptions where id = ${refused.id}`;
  expect(left).toEqual({ status: "canceled" });
}

/** Staff take a share off a membership's charges for some months, as the page offers it. */
async function giveMonths(
  machine: Awaited<ReturnType<typeof openMachine>>,
  id: string,
  wish: { bps: number; months: number; formKey: string },
): Promise<void> {
  const session = { ...(await machine.member("finance@kraftverk.test")), staffRole: "finance" as const };
  const { office } = machine.browser({ session }).caller.billing;
  const renewsAt = (await office.life({ id })).currentPeriodEndAt ?? new Date(0);
  await office.giveDiscount({ id, ...wish, renewsAt, reason: "The sauna is closed" });
}

async function announceCampaign({ stripe, runtime }: Awaited<ReturnType<typeof openMachine>>): Promise<void> {
  const { id: price } = await stripe.prices.create({
    ...{ currency: "sek", unit_amount: 19_900, recurring: { interval: "month" }, product_data: { name: "Autumn" } },
  });
  const campaign = {
    ...{ id: "some_months", name: "Hösten", status: "active", products: ["dagtid"], durationMonths: 3 },
    prices: [{ currency: "SEK", interval: "month", stripePriceId: price }],
  };
  const body = { action: "created", campaign };
  const parsed = parseAnnouncement(body);
  if (!parsed.ok || parsed.announcement.action === "ping") throw new Error(JSON.stringify(parsed));
  const partner = runtime.ctx({ kind: "partner", name: "source" }, "test");
  await receiveAnnouncement(partner, { announcement: parsed.announcement, body: JSON.stringify(body), bodyHash: "0" });
  for (let tries = 0; tries < 2_000; tries++) {
    const rows = await runtime.service
      .sql`select 1 from campaign_prices where stripe_price_id = ${price} and checked_at is not null`;
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the campaign's price was not looked up");
}

/** Buys a plan for somebody's own organization, as its owner does. */
async function buyPlan(
  machine: Awaited<ReturnType<typeof openMachine>>,
  email: string,
  { plan: planCode, interval }: (typeof PLANS)[keyof typeof PLANS],
) {
  const { sql } = machine;
  const session = await machine.member(email);
  const browser = machine.browser({ session });
  // Seats are for a company; whoever buys for himself has none but his own.
  const [own] = await sql`select organization_id as id from organization_members where user_id = ${session.userId}`;
  const found = () => browser.caller.organizations.found({ name: email, formKey: "months-on-the-clock-company" });
  const organizationId = planCode === PLANS.seats.plan ? (await found()).id : String(own?.id);
  const page = await browser.caller.checkout.plan.buy({ organizationId, planCode, interval });
  if (page.outcome !== "open") throw new Error(`${email} could not buy: ${page.outcome}`);
  await machine.pay(page.url, { email, card: CARDS.good });
  await browser.caller.checkout.confirm({ ref: page.ref });
  for (let tries = 0; tries < 2_000; tries++) {
    const [row] = await sql`select id from subscriptions where organization_id = ${organizationId}`;
    if (row) return { browser, id: String(row.id) };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${email} has no plan`);
}
