import { afterAll, describe, expect, test } from "vitest";
import { connect, databaseFor } from "../../server/kernel/db.ts";
import { testDatabase } from "../test/database.ts";
import { insertProduct, insertPurchase } from "../test/purchases.ts";
import { INVARIANTS, violations } from "./invariants.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-invariants", max: 2 });
const owner = connect(urls.owner, { name: "test-owner", max: 1 });
afterAll(() => Promise.all([service.close(), owner.close()]));
const { sql } = service;
const now = () => new Date("2026-11-20T12:00:00Z");
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });

await db.transaction(async (tx) => {
  await insertProduct(tx);
  await tx.execute(
    `insert into customers (id, email, email_normalized, locale, created_at) values ('cus_a', 'a@b.se', 'a@b.se', 'sv', now())`,
  );
  await insertPurchase(tx, { customerId: "cus_a", tag: "a", email: "a@b.se" });
});
const event = `insert into webhook_events (id, provider, external_id, type, payload, status, attempts, occurred_at) values `;
const step = (table: string) => `insert into ${table} (subject_id, event, to_state, actor, at) values `;

/** Each violation, planted as nobody but a bug would, and where the checker must see it. What constraints already refuse is not planted. */
const PLANTS: Record<string, string> = {
  "an event has one outcome for each time it was asked for": `${event} ('stripe:twice', 'stripe', 'twice', 'x', '{}', 'handled', 2, now());
    insert into webhook_attempts (event_id, outcome, started_at, milliseconds) values ('stripe:twice', 'handled', now(), 1), ('stripe:twice', 'handled', now(), 1)`,
  "an event that waits has a job": `${event} ('stripe:lost', 'stripe', 'lost', 'x', '{}', 'received', 0, now())`,
  "a thing stands where its history leads, step by step": `${step("subscription_transitions")} ('sub_a', 'created', 'incomplete', 'x', now()), ('sub_a', 'activated', 'active', 'x', now())`,
  "a step that happens once happened once": `${step("order_transitions")} ('ord_a', 'paid', 'confirmed', 'x', now()), ('ord_a', 'paid', 'confirmed', 'x', now())`,
  "money that was taken belongs to an order or an invoice": `insert into payments (id, customer_id, provider, external_id, status, currency, amount, paid_at, created_at)
    values ('pay_stray', 'cus_a', 'stripe', 'pi_stray', 'paid', 'SEK', 100, now(), now())`,
  "an order is fulfilled only when it was paid, or cost nothing": `update orders set status = 'completed' where id = 'ord_a'`,
  "nothing that may not be is below zero": `update invoices set amount_paid = -1 where id = 'inv_a'`,
  "no job is held for more than a minute by a worker that is gone": `select graphile_worker.add_job('webhooks.process', '{}');
    update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes', locked_by = 'pool-of-the-dead'`,
};
/** The database itself refuses these: the checker is the second to see them. */
const REFUSED: Record<string, { plant: string; by: RegExp }> = {
  "the entries of every posting sum to zero per currency": {
    plant: `insert into ledger_accounts (id, kind, currency, side, guarded, created_at) values ('x:SEK', 'x', 'SEK', 'debit', false, now());
      insert into ledger_postings (id, key, kind, source, phase, entry_count, actor, at) values ('pst_x', 'x', 'x', 'x', 'posted', 2, 'x', now());
      insert into ledger_entries (posting_id, position, account_id, currency, amount) values ('pst_x', 1, 'x:SEK', 'SEK', 100), ('pst_x', 2, 'x:SEK', 'SEK', -99)`,
    by: /./,
  },
  "every entry has its posting and its account": {
    plant: `insert into ledger_postings (id, key, kind, source, phase, entry_count, actor, at) values ('pst_z', 'z', 'x', 'x', 'posted', 2, 'x', now());
      insert into ledger_entries (posting_id, position, account_id, currency, amount) values ('pst_z', 0, 'z:SEK', 'SEK', 1), ('pst_z', 1, 'z:SEK', 'SEK', -1)`,
    by: /does not balance/,
  },
  "a guarded account holds what its entries say": {
    plant: `insert into ledger_accounts (id, kind, currency, side, guarded, created_at) values ('y:SEK', 'y', 'SEK', 'debit', true, now());
      insert into ledger_balances (account_id, posted, held) values ('y:SEK', 5, 0)`,
    by: /./,
  },
  "a letter is written once for each thing it tells": {
    plant: `insert into emails select 'eml_b', dedupe_key, * from emails`,
    by: /./,
  },
};

describe("V1–V6", () => {
  test("hold in a shop in which nothing is wrong", async () => {
    expect(await violations(sql, { atRest: true })).toEqual([]);
  });

  test.each(Object.entries(PLANTS))("finds a violation of: %s", async (what, plant) => {
    await sql
      .begin(async (tx) => {
        await tx.unsafe(plant);
        const found = await violations(tx as never, { atRest: true });
        expect(
          found.some((line) => line.includes(what)),
          found.join("\n"),
        ).toBe(true);
        throw new Error("planted");
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== "planted") throw error;
      });
    expect(await violations(sql, { atRest: true })).toEqual([]);
  });

  test.each(Object.entries(REFUSED))("is refused by the database, or found: %s", async (what, { plant, by }) => {
    const outcome = await sql
      .begin(async (tx) => {
        await tx.unsafe(plant);
        const found = await violations(tx as never, { atRest: true });
        throw new Error(found.some((line) => line.includes(what)) ? "found" : "missed");
      })
      .catch((error: Error) => error.message);
    expect(outcome).not.toBe("missed");
    expect(outcome).toMatch(by);
  });

  test("each has a plant", () => {
    expect(Object.keys({ ...PLANTS, ...REFUSED }).toSorted()).toEqual(INVARIANTS.map(({ what }) => what).toSorted());
  });
});
