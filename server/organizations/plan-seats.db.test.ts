import { afterAll, describe, expect, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect } from "../kernel/db.ts";

const { urls } = await testDatabase();
await seedDemo({ serviceUrl: urls.service });
const { sql, close } = connect(urls.service, { name: "test-service", max: 1 });
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
});
