import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { MAX_KEYS } from "./make-key.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company } = testPlans(shop);
const owner = await shop.member("agare@example.se");
const { apiKeys } = shop.browser({ session: owner }).caller;

/** Fills a holder's room but for one key. */
const fill = (organizationId: string | null) => sql`
  insert into api_keys (id, user_id, customer_id, organization_id, name, prefix, token_hash, scopes, rate_limit, created_at)
  select ${organizationId ?? "own"} || '_' || n, ${owner.userId}, ${organizationId === null ? owner.customerId : null}, ${organizationId},
    'full', 'kv_' || n, ${organizationId ?? "own"} || n, '{}', 60, now() from generate_series(1, ${MAX_KEYS - 1}) n`;

test.each(["a person", "an organization"])(
  "%s may have fifty keys that work, however many once did",
  async (holder) => {
    const organizationId = holder === "a person" ? null : await company([[owner, "owner"]]);
    if (organizationId)
      await sql`insert into entitlements (id, organization_id, feature, value, source, reason, starts_at, created_by, created_at)
      values ('ent_keys', ${organizationId}, 'hasAPI', 'true', 'override', 'agreed', '2020-01-01', 'staff:usr_1', now())`;
    const make = () =>
      organizationId === null
        ? apiKeys.make({ name: "one more", scopes: ["account.read"] })
        : apiKeys.organization.make({ organizationId, name: "one more", scopes: ["organization.read"] });
    await fill(organizationId);
    // Two at once: there is room for one.
    const made = await Promise.allSettled([make(), make()]);
    expect(made.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(make()).rejects.toMatchObject({ cause: { code: "api_keys.too_many" } });
    await sql`update api_keys set expires_at = now() - interval '1 second' where id = ${`${organizationId ?? "own"}_1`}`;
    await make();
    await expect(make()).rejects.toMatchObject({ cause: { code: "api_keys.too_many" } });
  },
);
