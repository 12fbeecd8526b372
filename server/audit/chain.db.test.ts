import { afterAll, describe, expect, inject, test } from "vitest";
import { testAccounts } from "../../scripts/test/accounts.ts";
import { reactions } from "../events.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { transition } from "../kernel/machine.ts";
import { paymentMachine } from "../payments/payment-status.ts";
import { keepChain } from "./keep-chain.ts";
import { lastCheck, listAudit } from "./queries.ts";
import { recordMoney } from "./record-money.ts";
import { sealEntries } from "./seal-entries.ts";
import { checkChain, verifyChain } from "./verify-chain.ts";

const { adminUrl } = inject("testServer");
const bench = await testAccounts();
const { service, worker } = bench;
const superuserUrl = new URL(adminUrl);
superuserUrl.pathname = new URL(bench.urls.owner).pathname;
const superuser = connect(superuserUrl.href, { name: "test-superuser", max: 1 });
afterAll(() => superuser.close());

let n = 0;
async function entry(at = "now()"): Promise<string> {
  const id = `aud_${String(++n).padStart(4, "0")}`;
  await service.sql`insert into audit_entries (id, actor, action, subject, request_id, at)
    values (${id}, 'staff:usr_1', 'webhooks.replay', ${`evt_${n}`}, 'test', ${service.sql.unsafe(at)})`;
  return id;
}
const verify = () => worker.db.transaction(verifyChain);
/** As nobody in the product can: past triggers and row-level security. Undone afterwards. */
async function tampered(statement: string): Promise<string | null> {
  const connection = await superuser.sql.reserve();
  try {
    await connection.unsafe(statement);
    return (await verify()).problem;
  } finally {
    connection.release();
  }
}

describe("the chain", () => {
  test("links every entry once, however many seal at once", async () => {
    expect(await verify()).toMatchObject({ entries: 0, problem: null });
    for (let i = 0; i < 25; i++) await entry();
    expect(await verify()).toMatchObject({ entries: 0, unsealed: 25, problem: null });
    await Promise.all([sealEntries(worker), sealEntries(worker), sealEntries(worker)]);
    expect(await verify()).toMatchObject({ entries: 25, unsealed: 0, problem: null });
    expect(await sealEntries(worker)).toBe(0);
    await entry();
    await keepChain(worker);
    expect(await worker.db.transaction(lastCheck)).toMatchObject({ entries: 26, problem: null });
  });

  test("nobody of the product rewrites it", async () => {
    for (const table of ["audit_entries", "audit_seals", "audit_checks"]) {
      const refused = service.sql.unsafe(`delete from ${table}`);
      await expect(refused, table).rejects.toThrow(/append-only/);
    }
    await expect(service.sql`update audit_entries set reason = 'x'`).rejects.toThrow(/append-only/);
    await expect(bench.member.sql`delete from audit_entries`).rejects.toThrow(/permission denied/);
  });

  test("a row that the superuser changes, deletes or puts in is named", async () => {
    const off = "set session_replication_role = replica;";
    const changed = `${off} update audit_entries set reason = 'something else' where id = 'aud_0007'`;
    expect(await tampered(changed)).toBe("entry aud_0007 was changed (link 7)");
    expect(await tampered(`${off} update audit_entries set reason = null where id = 'aud_0007'`)).toBeNull();

    const kept = `create temp table kept as select * from audit_entries where id = 'aud_0011'`;
    expect(await tampered(`${off} ${kept}; delete from audit_entries where id = 'aud_0011'`)).toBe(
      "entry aud_0011 was deleted (link 11)",
    );
    expect(await tampered(`${off} insert into audit_entries select * from kept`)).toBeNull();

    const put = `insert into audit_entries (id, actor, action, subject, request_id, at)
      values ('aud_0003x', 'staff:usr_1', 'x.y', 'z', 'test', now() - interval '1 day')`;
    expect(await tampered(put)).toBe("entry aud_0003x was put in afterwards");
    await sealEntries(worker);
    expect((await verify()).problem).toMatch(/^entry aud_0003x was put in afterwards \(link \d+\)$/);
    const check = await checkChain(worker);
    expect(check.problem).toMatch(/aud_0003x/);
    const [alert] =
      await service.sql`select detail from alerts where kind = 'audit.chain_broken' and resolved_at is null`;
    expect(alert?.detail).toMatch(/aud_0003x/);
    await tampered(`${off} delete from audit_seals where entry_id = 'aud_0003x';
      delete from audit_entries where id = 'aud_0003x'`);
    expect(await checkChain(worker)).toMatchObject({ problem: null });

    expect(await tampered(`${off} delete from audit_seals where position = 5`)).toBe("the links from 5 to 5 are gone");
  });
});

test("a movement of money is written once, however often it is told", async () => {
  await service.sql`insert into customers (id, email, email_normalized, locale, created_at)
    values ('cus_1', 'a@example.com', 'a@example.com', 'sv', now())`;
  await service.sql`insert into payments (id, customer_id, provider, external_id, status, currency, amount, created_at)
    values ('pay_1', 'cus_1', 'stripe', 'pi_1', 'paid', 'SEK', 29900, now())`;
  const fact = { paymentId: "pay_1", movement: "paid" };
  await Promise.all([recordMoney(worker, fact), recordMoney(worker, fact)]);
  await service.sql`update payments set refunded_amount = 10000 where id = 'pay_1'`;
  await recordMoney(worker, { paymentId: "pay_1", movement: "partially_refunded" });
  // What the system writes down of a payment brings its entry along, which needs no job then.
  const db = databaseFor(service, { actor: worker.actor, now: worker.now, reactions });
  const told = { name: "payment.refund_failed", id: "pay_1" };
  await db.transaction(async (tx) => {
    await emit(tx, told);
    await emit(tx, told);
  });
  const ordered = await service.sql`select payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'audit.record-money'`;
  expect(ordered).toEqual([]);
  const page = await worker.db.transaction((tx) => listAudit(tx, { subject: "pay_1", limit: 50 }));
  expect(page.items.map(({ action, detail }) => [action, detail])).toEqual([
    ["payments.refund_failed", "10000 SEK"],
    ["payments.partially_refunded", "10000 SEK"],
    ["payments.paid", "29900 SEK"],
  ]);
  const one = await worker.db.transaction((tx) => listAudit(tx, { subject: "pay_1", limit: 1 }));
  const two = await worker.db.transaction((tx) =>
    listAudit(tx, { subject: "pay_1", limit: 1, cursor: one.nextCursor! }),
  );
  expect(two.items).toMatchObject([{ action: "payments.partially_refunded" }]);
});

test("two disputes are two entries, also when what tells of the first comes after the second", async () => {
  await service.sql`insert into payments (id, customer_id, provider, external_id, status, currency, amount, created_at)
    values ('pay_2', 'cus_1', 'stripe', 'pi_2', 'paid', 'SEK', 29900, now())`;
  for (const event of ["disputed", "dispute_won", "disputed"] as const)
    await worker.db.transaction((tx) => transition(tx, paymentMachine, { id: "pay_2", event }));
  const told = async () => {
    const rows =
      await service.sql`select action, detail, fact_key from audit_entries where subject = 'pay_2' order by at, id`;
    return rows.map(({ action, detail, fact_key }) => [action, detail, fact_key]);
  };
  const disputed = (which: string) => ["payments.disputed", "29900 SEK", `payment:pay_2:disputed:29900${which}`];
  const fact = { paymentId: "pay_2", movement: "disputed" };
  await recordMoney(worker, fact);
  expect(await told()).toEqual([disputed(""), disputed(":2")]);
  await Promise.all([recordMoney(worker, fact), recordMoney(worker, fact)]);
  await recordMoney(worker, { paymentId: "pay_2", movement: "dispute_won" });
  expect(await told()).toEqual([
    ...[disputed(""), disputed(":2")],
    ["payments.dispute_won", "29900 SEK", "payment:pay_2:dispute_won:29900"],
  ]);
});
