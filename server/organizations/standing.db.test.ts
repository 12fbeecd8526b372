import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { setByHand } from "../../scripts/test/database.ts";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import type { Session } from "../identity/index.ts";
import { removeMember } from "./remove-member.ts";

const bench = await testOrganizations([setByHand("seat")]);
const { as, person, found, join, memberIdOf, seats, service } = bench;
await bench.allow(100);

test("whoever waited for the organization decides by what is true then: the new payer stays", async () => {
  const [owner, admin] = [await person("owner"), await person("admin")];
  const organizationId = await found(owner);
  await join(owner, organizationId, admin, "admin");
  const memberId = await memberIdOf(organizationId, admin);
  const waits = async () => {
    const [row] = await service.sql<{ n: number }[]>`select count(*)::int as n from pg_locks l
      join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()`;
    return row?.n ?? 0;
  };
  let removal: Promise<unknown> = Promise.resolve();
  await service.sql.begin(async (tx) => {
    await tx`select 1 from organizations where id = ${organizationId} for no key update`;
    removal = removeMember(as(owner), { organizationId, memberId }).catch((error: unknown) => error);
    await expect.poll(waits, { timeout: 120_000 }).toBeGreaterThan(0);
    await tx`update organizations set billing_customer_id = ${admin.customerId} where id = ${organizationId}`;
  });
  expect(await removal).toMatchObject({ code: "organizations.payer_stays" });
  expect(await seats(organizationId)).toEqual({ claimed: 2 });
});

/** What a statement by somebody comes to in the database: rows changed, or why not. */
const write = (who: Session, statement: ReturnType<typeof sql>) =>
  as(who)
    .db.transaction((tx) => tx.execute(statement))
    .then((rows) => (rows as unknown as { count: number }).count)
    .catch((error: Error) => (error.cause instanceof Error ? error.cause.message : error.message));

test("R28: who has left comes back by an invitation alone", async () => {
  const [owner, gone] = [await person("founder"), await person("gone")];
  const organizationId = await found(owner);
  await join(owner, organizationId, gone);
  const memberId = await memberIdOf(organizationId, gone);
  await removeMember(as(owner), { organizationId, memberId });
  expect(await write(owner, sql`update organization_members set left_at = null where id = ${memberId}`)).toBe(0);
  expect(await write(gone, sql`update organization_members set left_at = null where id = ${memberId}`)).toBe(0);
});

test("R28: the history of a seat is written by whoever may move it", async () => {
  const [owner, one, other] = [await person("chief"), await person("one"), await person("other")];
  const organizationId = await found(owner);
  for (const who of [one, other]) await join(owner, organizationId, who);
  const [seat] = await service.sql`select id from seats
    where organization_id = ${organizationId} and user_id = ${one.userId} and status = 'claimed'`;
  const line = sql`insert into seat_transitions (subject_id, event, from_state, to_state, actor, at)
    values (${String(seat?.id)}, 'revoked', 'claimed', 'revoked', 'x', now())`;
  expect(await write(other, line)).toMatch(/row-level security/);
  expect(await write(one, line)).toBe(1);
  expect(await write(owner, line)).toBe(1);
});

test("R28: an organization's name, end and payer are written by those whose they are, whatever is sent", async () => {
  const [owner, payer, one, stranger] = [
    await person("namer"),
    await person("payer"),
    await person("worker"),
    await person("stranger"),
  ];
  const id = await found(owner);
  await join(owner, id, payer, "billing");
  await join(owner, id, one);
  const name = sql`update organizations set name = 'Taken' where id = ${id}`;
  const end = sql`update organizations set closed_at = now() where id = ${id}`;
  const pays = (who: Session) => sql`update organizations set billing_customer_id = ${who.customerId} where id = ${id}`;
  expect(await write(payer, name)).toMatch(/owners and admins name/);
  expect(await write(payer, end)).toMatch(/owners close/);
  for (const statement of [name, end, pays(one)]) expect(await write(one, statement)).toBe(0);
  for (const who of [stranger, one]) expect(await write(owner, pays(who))).toMatch(/looks after an organization/);
  expect(await write(payer, pays(payer))).toBe(1);
  expect(await write(owner, name)).toBe(1);
  expect(await write(owner, end)).toBe(1);
});
