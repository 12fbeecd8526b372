import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { migrate } from "../../drizzle/migrate.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { testDatabaseBefore } from "../../scripts/test/database-before.ts";
import type { Actor, OrganizationRole } from "../kernel/actor.ts";
import { connect, databaseFor } from "../kernel/db.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 2 });
const member = connect(urls.member, { name: "test-member", max: 2 });
afterAll(() => Promise.all([service.close(), member.close()]));

const as = (name: string) => {
  const actor: Actor = { kind: "customer", userId: `usr_${name}`, customerId: `cus_${name}`, tokens: [] };
  const db = databaseFor(member, { actor, now: () => new Date(), reactions: {} });
  return <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    db.transaction((tx) => tx.execute<Row>(query));
};

async function account(name: string, on = service.sql) {
  await on`insert into users (id, email, email_normalized, password_hash, locale, created_at)
    values (${`usr_${name}`}, ${`${name}@example.se`}, ${`${name}@example.se`}, '-', 'sv', '2026-01-02T03:04:05Z')`;
}
async function customer(name: string, on = service.sql) {
  await on`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values (${`cus_${name}`}, ${`usr_${name}`}, ${`${name}@example.se`}, ${`${name}@example.se`}, 'sv', '2026-01-02T03:04:05Z')`;
}
async function company(id: string, people: Readonly<Record<string, OrganizationRole>>) {
  const [first = ""] = Object.keys(people);
  await service.sql`insert into organizations (id, kind, name, created_by, created_at)
    values (${id}, 'company', ${id}, ${`usr_${first}`}, now())`;
  for (const [name, role] of Object.entries(people)) {
    await service.sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
      values (${`omb_${id}_${name}`}, ${id}, ${`usr_${name}`}, ${role}, now())`;
  }
}
const personal = (name: string, on = service.sql) =>
  on`select o.id, o.kind, o.billing_customer_id, o.created_at, m.user_id, m.role, m.left_at
    from organizations o join organization_members m on m.organization_id = o.id where o.created_by = ${`usr_${name}`}`;
const PERSONAL = { kind: "personal", role: "owner", left_at: null, created_at: "2026-01-02 03:04:05+00" };

describe("a personal organization", () => {
  test("is there as soon as the account is, and its customer pays for it", async () => {
    await account("anna");
    expect(await personal("anna")).toEqual([
      { ...PERSONAL, id: "org_anna", user_id: "usr_anna", billing_customer_id: null },
    ]);
    await customer("anna");
    expect(await personal("anna")).toMatchObject([{ billing_customer_id: "cus_anna" }]);
  });

  test("is one: the database refuses a second, a closed and a named one", async () => {
    await expect(
      service.sql`insert into organizations (id, kind, created_by, created_at) values ('org_2', 'personal', 'usr_anna', now())`,
    ).rejects.toThrow(/organizations_personal/);
    await expect(service.sql`update organizations set closed_at = now() where id = 'org_anna'`).rejects.toThrow(
      /organizations_personal_open/,
    );
    await expect(service.sql`update organizations set name = 'x' where id = 'org_anna'`).rejects.toThrow(
      /organizations_named/,
    );
  });

  test("comes to whoever had an account before there were any", async () => {
    const before = await testDatabaseBefore("0006");
    const old = connect(before.urls.service, { name: "test-service", max: 1 });
    try {
      await account("veteran", old.sql);
      await customer("veteran", old.sql);
      await account("staff", old.sql);
      await migrate({ ownerUrl: before.urls.owner, serviceUrl: before.urls.service });
      expect(await personal("veteran", old.sql)).toEqual([
        { ...PERSONAL, id: "org_veteran", user_id: "usr_veteran", billing_customer_id: "cus_veteran" },
      ]);
      expect(await personal("staff", old.sql)).toMatchObject([{ id: "org_staff", billing_customer_id: null }]);
      await account("newcomer", old.sql);
      expect(await personal("newcomer", old.sql)).toHaveLength(1);
    } finally {
      await old.close();
    }
  });
});

describe("R28: whose organizations they are", () => {
  test("members see theirs with everybody in it, others and those who left nothing", async () => {
    for (const name of ["bo", "cia", "dag"]) await account(name);
    await company("org_mill", { bo: "owner", cia: "member" });
    const seen = (name: string) =>
      as(name)<{
        id: string;
      }>(sql`select m.id from organization_members m join organizations o on o.id = m.organization_id
        where o.kind = 'company' order by m.id`);
    const all = [{ id: "omb_org_mill_bo" }, { id: "omb_org_mill_cia" }];
    expect([...(await seen("bo"))]).toEqual(all);
    expect([...(await seen("cia"))]).toEqual(all);
    expect(await seen("dag")).toHaveLength(0);
    await service.sql`update organization_members set left_at = now() where id = 'omb_org_mill_cia'`;
    expect(await seen("cia")).toHaveLength(0);
    await service.sql`update organizations set closed_at = now() where id = 'org_mill'`;
    expect(await seen("bo")).toHaveLength(0);
  });

  test("the functions say which, as what, and nothing of others'", async () => {
    await company("org_forge", { dag: "owner", bo: "billing" });
    const of = (name: string) =>
      as(name)<{
        role: string | null;
        mine: string[];
        money: string[];
      }>(sql`select app.organization_role('org_forge') as role,
        array(select app.my_organizations()) as mine, array(select app.my_organizations('{billing,admin}')) as money`);
    expect((await of("bo"))[0]).toMatchObject({ role: "billing", money: ["org_forge"] });
    expect((await of("bo"))[0]?.mine).toEqual(expect.arrayContaining(["org_bo", "org_forge"]));
    expect((await of("dag"))[0]).toMatchObject({ role: "owner", money: [] });
    expect((await of("cia"))[0]).toEqual({ role: null, mine: ["org_cia"], money: [] });
    expect(
      (
        await member.sql`select app.organization_role('org_forge') as role, array(select app.my_organizations()) as mine`
      )[0],
    ).toEqual({ role: null, mine: [] });
  });
});
