import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { insertProduct, insertPurchase } from "../../scripts/test/purchases.ts";
import { claimGuestPurchases } from "./claim-guest-purchases.ts";
import { CLAIMED_TABLES } from "./claimed-tables.ts";
import { findOrCreateGuestCustomer } from "./find-or-create-guest-customer.ts";
import { signUp } from "./sign-up.ts";
import { verifyEmail } from "./verify-email.ts";

const bench = await testAccounts();
const { worker, service, visitor } = bench;
const guest = (email: string) =>
  worker.db.transaction((tx) => findOrCreateGuestCustomer(tx, { email, name: "Gäst", locale: "sv" }));
/** As the checkout does it: the customer and everything bought, in one transaction. */
const buy = (email: string, tag: string) =>
  worker.db.transaction(async (tx) => {
    const { customerId } = await findOrCreateGuestCustomer(tx, { email, name: null, locale: "sv" });
    await insertPurchase(tx, { customerId, tag, email });
    return customerId;
  });
const ownerOf = async (tag: string) =>
  (await service.sql`select customer_id as id from orders where id = ${`ord_${tag}`}`)[0]?.id;
const owned = async (customerId: string) => {
  const counts: Record<string, number> = {};
  for (const table of CLAIMED_TABLES) {
    const [row] = await worker.db.transaction((tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from ${table} where customer_id = ${customerId}`),
    );
    counts[Object.keys(counts).length] = row?.n ?? -1;
  }
  return Object.values(counts);
};
beforeAll(() => worker.db.transaction(insertProduct));

describe("a guest", () => {
  test("is one customer however the address is spelled, and however many purchases come at once", async () => {
    const found = await Promise.all(["Gast@Example.com", "gast@example.com ", "ｇast@example.com"].map(guest));
    expect(new Set(found.map((one) => one.customerId)).size).toBe(1);
    expect(found[0]?.guest).toBe(true);
  });

  test("who uses a member's proven address buys for that member", async () => {
    await bench.account("member@example.com");
    const { session } = await bench.enter("member@example.com");
    expect(await guest("MEMBER@example.com")).toEqual({ customerId: session.customerId, guest: false });
  });

  test("who uses an address that was signed up but never proven stays a guest", async () => {
    await signUp(visitor, { email: "squatter@example.com", password: PASSWORD, locale: "sv", ip: bench.ip() });
    expect((await guest("squatter@example.com")).guest).toBe(true);
  });
});

describe("claiming", () => {
  test("gives everything the guest had to the user whose address is proven, once", async () => {
    const guestId = await buy("claim@example.com", "claim");
    expect(await owned(guestId)).toEqual(CLAIMED_TABLES.map(() => 1));
    await bench.account("Claim@example.com");
    const { session } = await bench.enter("claim@example.com");
    expect(await claimGuestPurchases(worker, { userId: session.userId })).toBe(1);

    expect(await owned(guestId)).toEqual(CLAIMED_TABLES.map(() => 0));
    expect(await ownerOf("claim")).toBe(session.customerId);
    expect(await service.sql`select merged_into_id from customers where id = ${guestId}`).toEqual([
      { merged_into_id: session.customerId },
    ]);
    expect(await service.sql`select reusable from provider_customers where external_id = 'cus_stripe_claim'`).toEqual([
      { reusable: false },
    ]);
    expect(await claimGuestPurchases(worker, { userId: session.userId })).toBe(0);
    expect(await bench.as(session).db.transaction((tx) => tx.execute(sql`select id from orders`))).toEqual([
      { id: "ord_claim" },
    ]);
  });

  test("does nothing for an address that was only typed", async () => {
    await buy("typed@example.com", "typed");
    const before = await ownerOf("typed");
    await signUp(visitor, { email: "typed@example.com", password: PASSWORD, locale: "sv", ip: bench.ip() });
    const [user] = await service.sql<
      { id: string }[]
    >`select id from users where email_normalized = 'typed@example.com'`;
    expect(await claimGuestPurchases(worker, { userId: user?.id ?? "" })).toBe(0);
    expect(await ownerOf("typed")).toBe(before);
  });

  test("somebody who signed up with another's address does not get at the purchases when the owner follows the link", async () => {
    await buy("victim@example.com", "victim");
    const strangers = "hemligt för främlingen";
    await signUp(visitor, { email: "victim@example.com", password: strangers, locale: "sv", ip: bench.ip() });
    await bench.deliver();
    const token = await bench.mailedToken("victim@example.com", "/verify");
    await expect(verifyEmail(visitor, { token, password: PASSWORD, ...bench.browser() })).rejects.toMatchObject({
      code: "identity.wrong_password",
    });
    await expect(bench.enter("victim@example.com", strangers)).rejects.toMatchObject({
      code: "identity.sign_in_failed",
    });
    const jobs =
      await service.sql`select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      join users u on u.id = payload->>'userId' where t.identifier = 'identity.claim-guest-purchases' and u.email_normalized = 'victim@example.com'`;
    expect(jobs).toHaveLength(0);
  });

  test("an open cart stays with its browser, so that two open carts cannot meet", async () => {
    const guestId = await buy("cart@example.com", "cart");
    await bench.account("cart@example.com");
    const { session } = await bench.enter("cart@example.com");
    for (const [id, customerId] of [
      ["crt_g", guestId],
      ["crt_m", session.customerId ?? ""],
    ] as const) {
      await service.sql`insert into carts (id, access_token_hash, customer_id, currency, status, created_at, updated_at) values (${id}, ${id}, ${customerId}, 'SEK', 'open', now(), now())`;
    }
    expect(await claimGuestPurchases(worker, { userId: session.userId })).toBe(1);
    expect(await service.sql`select id, customer_id from carts where id in ('crt_g', 'crt_m') order by id`).toEqual([
      { id: "crt_g", customer_id: null },
      { id: "crt_m", customer_id: session.customerId },
    ]);
  });

  test.each(Array.from({ length: 8 }, (_, i) => i))(
    "a purchase in the same moment ends with the member (%i)",
    async (round) => {
      const email = `moment${round}@example.com`;
      await bench.account(email);
      const { session } = await bench.enter(email);
      await service.sql`update users set email_verified_at = null where id = ${session.userId}`;
      const confirm = async () => {
        await service.sql`update users set email_verified_at = now() where id = ${session.userId}`;
        return claimGuestPurchases(worker, { userId: session.userId });
      };
      await Promise.all([buy(email, `moment${round}`), confirm()]);
      // The claim is a job that runs after the confirmation has committed, and again should it fail.
      expect([await ownerOf(`moment${round}`), await claimGuestPurchases(worker, { userId: session.userId })]).toEqual([
        session.customerId,
        0,
      ]);
    },
  );
});

test("every table that names a customer is claimed, but keys and credits, which nobody has without an account", async () => {
  const columns = await service.sql<{ name: string }[]>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'customer_id'
      and table_name <> 'api_keys' and table_name not like 'credit\\_%' order by 1`;
  const claimed = await Promise.all(
    CLAIMED_TABLES.map(async (table) => {
      const [row] = await worker.db.transaction((tx) =>
        tx.execute<{ name: string }>(sql`select tableoid::regclass::text as name from ${table} limit 1`),
      );
      return row?.name;
    }),
  );
  expect(claimed.toSorted()).toEqual(columns.map((column) => column.name));
});
