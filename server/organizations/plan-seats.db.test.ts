import { afterAll, describe, expect, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { insertProduct, insertPurchase } from "../../scripts/test/purchases.ts";
import { connect, databaseFor } from "../kernel/db.ts";

const { urls } = await testDatabase();
await seedDemo({ serviceUrl: urls.service });
const connection = connect(urls.service, { name: "test-service", max: 1 });
const { sql, close } = connection;
const db = databaseFor(connection, { actor: { kind: "system", name: "test" }, now: () => new Date(), reactions: {} });
afterAll(() => close());

await sql`insert into users (id, email, email_normalized, password_hash, locale, created_at)
  values ('usr_bo', 'bo@example.se', 'bo@example.se', '-', 'sv', now())`;
await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
  values ('cus_bo', 'usr_bo', 'bo@example.se', 'bo@example.se', 'sv', now())`;
await sql`insert into organizations (id, kind, name, created_by, created_at) values ('org_co', 'company', 'Co', 'usr_bo', now())`;
const asked = async () =>
  (await sql`select app.seats_allowed('org_co') as seats, app.organization_obligation('org_co') as obligation`)[0];

describe("what organizations ask of plans", () => {
  test("the seats are those that the organization is entitled to, an exception before its plan", async () => {
    expect(await asked()).toMatchObject({ seats: 1 });
    await sql`select pf_apply_plan_entitlements('org_co', 'enterprise')`;
    expect(await asked()).toMatchObject({ seats: 5 });
    await sql`insert into entitlements (id, organization_id, feature, value, source, starts_at, ends_at, reason, created_by, created_at)
      values ('ent_more', 'org_co', 'seats', '12'::jsonb, 'override', app_now() - interval '2 days', null, 'agreed', 'staff:x', app_now())`;
    expect(await asked()).toMatchObject({ seats: 12 });
    await sql`select pf_apply_plan_entitlements('org_co', 'pilot')`;
    await sql`update entitlements set replaced_at = app_now() where id = 'ent_more'`;
    expect(await asked()).toMatchObject({ seats: 1 });
  });

  test("never more are claimed than there are, while they are bought and given back and people come and go", async () => {
    await sql`select pf_apply_plan_entitlements('org_co', 'enterprise')`;
    await sellSeats();
    const random = seeded(20_261_122);
    for (let step = 0; step < 250; step++) {
      await oneOf(random)(random);
      const [now] = await sql`select app.entitled_seats('org_co') as entitled, app.seats_allowed('org_co') as allowed,
        (select count(*)::int from seats where organization_id = 'org_co' and status = 'claimed') as claimed`;
      expect(now?.claimed, `step ${step}`).toBeLessThanOrEqual(now?.allowed);
      expect(now?.allowed, `step ${step}`).toBeLessThanOrEqual(now?.entitled);
    }
  });
});

/** A subscription to enterprise that the seats are bought with. */
async function sellSeats(): Promise<void> {
  await db.transaction(async (tx) => {
    await insertProduct(tx);
    await insertPurchase(tx, { customerId: "cus_bo", tag: "seats", email: "bo@example.se" });
  });
  await sql`update subscriptions set organization_id = 'org_co', plan_version_id = 'plv_enterprise_1', status = 'active',
    product_id = 'promptforge-enterprise', included_seats = 5, seat_amount = 4900, quantity = 5 where customer_id = 'cus_bo'`;
}

type Random = () => number;
const seeded =
  (seed: number): Random =>
  () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)];

let people = 0;
const acts: readonly ((random: Random) => Promise<void>)[] = [come, come, come, leave, buy, giveBack, takeEffect, undo];
const oneOf = (random: Random) => pick(random, acts) ?? come;

/** Somebody takes a seat, where there is one. */
async function come(): Promise<void> {
  const id = ++people;
  await sql`insert into users (id, email, email_normalized, password_hash, locale, created_at)
    values (${`usr_${id}`}, ${`p${id}@example.se`}, ${`p${id}@example.se`}, '-', 'sv', now())`;
  await sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
    values (${`omb_co_${id}`}, 'org_co', ${`usr_${id}`}, 'member', now())`;
  await sql`insert into seats (id, organization_id, user_id, status, created_at)
    values (${`sea_co_${id}`}, 'org_co', ${`usr_${id}`}, 'claimed', now())`.catch((error: unknown) => {
    expect(error).toMatchObject({ constraint_name: "seats_allowed" });
  });
}
const claimed = async () =>
  (
    await sql<
      { id: string }[]
    >`select id from seats where organization_id = 'org_co' and status <> 'revoked' order by id`
  ).map(({ id }) => id);
async function leave(random: Random): Promise<void> {
  const who = pick(random, await claimed());
  if (who) await sql`update seats set status = 'revoked' where id = ${who}`;
}
const booked = async () =>
  (await sql`select * from subscription_changes where kind = 'seats' and status = 'scheduled'`)[0];
const extra = async () =>
  Number((await sql`select extra_seats from subscriptions where customer_id = 'cus_bo'`)[0]?.extra_seats);

/** More seats, which take the place of fewer that are booked. */
async function buy(random: Random): Promise<void> {
  const more = (await extra()) + 1 + Math.floor(random() * 3);
  await sql`update subscription_changes set status = 'superseded' where kind = 'seats' and status = 'scheduled'`;
  await sql`update subscriptions set extra_seats = ${more}, quantity = ${5 + more} where customer_id = 'cus_bo'`;
}
/** Fewer seats are booked, as the use case does it: with as many named as there are too many. */
async function giveBack(random: Random): Promise<void> {
  const present = await extra();
  if (present === 0 || (await booked())) return;
  const left = Math.floor(random() * present);
  const seats = await claimed();
  const leavers = seats.slice(0, Math.max(0, seats.length - (5 + left)));
  await sql`insert into subscription_changes (id, subscription_id, customer_id, kind, timing, status, quantity, extra_seats, amount,
      leavers, requested_by, idempotency_key, created_at)
    select ${`chg_${people}_${random()}`}, id, customer_id, 'seats', 'period_end', 'scheduled', ${5 + left}, ${left}, 1,
      ${JSON.stringify(leavers)}::text::jsonb, 'customer:cus_bo', ${String(random())}, now() from subscriptions where customer_id = 'cus_bo'`;
}
/** The period is over: fewer seats, and those who were named have none any more, in one transaction. */
async function takeEffect(): Promise<void> {
  const change = await booked();
  if (!change) return;
  await sql.begin(async (tx) => {
    await tx`update subscriptions set extra_seats = ${change.extra_seats}, quantity = ${change.quantity} where customer_id = 'cus_bo'`;
    await tx`update seats set status = 'revoked' where id in (select jsonb_array_elements_text(leavers)
      from subscription_changes where id = ${change.id}) and status <> 'revoked'`;
    await tx`update subscription_changes set status = 'applied' where id = ${change.id}`;
  });
}
async function undo(): Promise<void> {
  await sql`update subscription_changes set status = 'undone' where kind = 'seats' and status = 'scheduled'`;
}
