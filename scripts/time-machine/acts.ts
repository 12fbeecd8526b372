import { CARDS } from "../test/shop-people.ts";
import type { Member } from "./fates.ts";
import type { Machine } from "./machine.ts";
import { changeSeats, colleaguesOf } from "./seats.ts";

/** A member who has joined. */
export type Joined = {
  readonly member: Member;
  readonly id: string;
  readonly stripeId: string;
  readonly browser: ReturnType<Machine["browser"]>;
};

export type Act = { readonly day: number; readonly joined: Joined; run(machine: Machine): Promise<void> };

/** Buys a membership, or a plan for a company founded for it, as its buyer does: to the payment page, card, and back. */
export async function join(machine: Machine, member: Member): Promise<Joined> {
  const { sql } = machine;
  const browser = machine.browser({ session: await machine.member(member.email) });
  const started = await start(browser, member);
  if (started.outcome !== "open") throw new Error(`${member.email} could not buy: ${started.outcome}`);
  await machine.pay(started.url, { email: member.email, card: CARDS.good });
  await browser.caller.checkout.confirm({ ref: started.ref });
  for (let tries = 0, pause = 10; tries < 500; tries++, pause = Math.min(2 * pause, 160)) {
    const [row] = await sql`select s.id, s.stripe_subscription_id as stripe_id from subscriptions s
      join customers c on c.id = s.customer_id where c.email = ${member.email}`;
    if (row) return { member, browser, id: String(row.id), stripeId: String(row.stripe_id) };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(`${member.email} has no membership`);
}

async function start(
  { caller }: Joined["browser"],
  { email, productId, planCode = null, interval, units = 1 }: Member,
) {
  if (planCode === null)
    return caller.checkout.start({ source: { productId, variantId: `${productId}-${interval}`, quantity: units } });
  const name = email.split("@", 1).join();
  const { id: organizationId } = await caller.organizations.found({ name, formKey: `time-machine-${name}` });
  return caller.checkout.plan.buy({ organizationId, planCode, interval });
}

/** What everybody does in the year, day by day. */
export function actsOf(everybody: readonly Joined[]): Act[] {
  return everybody.flatMap(actsOfOne).toSorted((a, b) => a.day - b.day);
}

function actsOfOne(joined: Joined): Act[] {
  const { fate } = joined.member;
  const on = (day: number, run: Act["run"]): Act => ({ day, joined, run });
  const own = () => joined.browser.caller.billing.memberships;
  const wish = (what: string) => ({ id: joined.id, formKey: `time-machine-${what}-${joined.id}`.slice(0, 100) });
  switch (fate.kind) {
    case "steady":
      return [];
    case "recovers":
      return [
        on(fate.from, (machine) => bank(machine, joined, "insufficient_funds")),
        on(fate.from + fate.days, (machine) => bank(machine, joined, null)),
      ];
    case "lost":
      return [on(fate.from, (machine) => bank(machine, joined, "lost_card"))];
    case "new-card":
      return [
        on(fate.from, (machine) => bank(machine, joined, "generic")),
        on(fate.from + fate.days, (machine) => changeCard(machine, joined)),
      ];
    case "cancels":
      return [on(fate.from, async () => void (await own().cancel({ ...wish("cancel"), timing: "period_end" })))];
    case "stays":
      return [
        on(fate.from, async () => void (await own().cancel({ ...wish("cancel"), timing: "period_end" }))),
        on(fate.from + fate.days, (machine) => stay(machine, joined, wish("keep"))),
      ];
    case "changes-plan":
      return [on(fate.from, () => changePlan(joined, wish("plan").formKey))];
    case "pauses":
      return [on(fate.from, async () => void (await own().pause({ ...wish("pause"), months: fate.months })))];
    case "seats":
      return [
        ...fate.steps.map(({ day, seats }) =>
          on(day, (machine) => changeSeats(machine, joined, { seats, formKey: wish(`seats-${day}`).formKey })),
        ),
        ...colleaguesOf(fate).map(({ day, run }) => on(day, (machine) => run(machine, joined))),
      ];
  }
}

async function bank({ stripe, control }: Machine, { stripeId }: Joined, refuses: string | null): Promise<void> {
  const { default_payment_method: card } = await stripe.subscriptions.retrieve(stripeId);
  await control(`payment_methods/${String(card)}/bank`, { refuses });
}

/** As on the provider's own pages: another card, and the membership charged to it. */
async function changeCard({ stripe }: Machine, { stripeId }: Joined): Promise<void> {
  const subscription = await stripe.subscriptions.retrieve(stripeId);
  if (subscription.status === "canceled") return;
  const card = await stripe.paymentMethods.attach("pm_card_mastercard", { customer: String(subscription.customer) });
  await stripe.subscriptions.update(stripeId, { default_payment_method: card.id });
}

/** Takes the end back, where it has not come yet. */
async function stay({ sql }: Machine, joined: Joined, wish: { id: string; formKey: string }): Promise<void> {
  const [row] = await sql`select status from subscriptions where id = ${joined.id}`;
  if (row?.status !== "canceled") await joined.browser.caller.billing.memberships.keep(wish);
}

/** What somebody who changes has afterwards. */
const OTHER: Readonly<Record<string, string>> = {
  oppet: "oppet-plus",
  "oppet-plus": "oppet",
  "promptforge-pro": "promptforge-enterprise",
  "promptforge-enterprise": "promptforge-pro",
};

async function changePlan(joined: Joined, formKey: string): Promise<void> {
  const { productId, interval } = joined.member;
  const other = OTHER[productId] ?? productId;
  const own = joined.browser.caller.billing.memberships;
  const to = { productId: other, variantId: `${other}-${interval}` };
  const { sealed } = await own.quote({ id: joined.id, ...to });
  await own.changePlan({ id: joined.id, quote: sealed, formKey });
}
