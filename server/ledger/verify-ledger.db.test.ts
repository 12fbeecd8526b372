import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { technicalClock } from "../kernel/clock.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { createLog } from "../kernel/log.ts";
import { creditsAccount, liabilityAccount } from "./account.ts";
import { hold, post } from "./post.ts";
import { credit, debit } from "./posting.ts";
import { sealPostings } from "./seal-postings.ts";
import { settlePosting } from "./settle-posting.ts";
import { tendLedger } from "./tend-ledger.ts";
import { recordVerification, verifyLedger } from "./verify-ledger.ts";

// The books are falsified on purpose, and left so.
const { urls } = await testDatabase([/^V1: /]);
const service = connect(urls.service, { name: "test-service", max: 8 });
const owner = connect(urls.owner, { name: "test-owner", max: 1 });
afterAll(() => Promise.all([service.close(), owner.close()]));

const now = () => new Date("2026-11-20T12:00:00Z");
const actor = { kind: "system", name: "test" } as const;
const db = databaseFor(service, { actor, now, reactions: {} });
const log = createLog({ process: "worker", level: "fatal" });
const ctx: Ctx = { db, actor, now, technical: technicalClock, providers: {}, log, requestId: "test" };

const [issued, spent] = [creditsAccount("issued"), creditsAccount("revenue")];
let count = 0;
async function grantAndSpend() {
  const wallet = liabilityAccount("paid", `cus_${++count}`);
  const one = { source: wallet.id, kind: "test" };
  return db.transaction(async (tx) => {
    const granted = await post(tx, {
      ...{ ...one, key: `grant:${wallet.id}` },
      entries: [debit(issued, 10), credit(wallet, 10)],
    });
    const entries = [debit(wallet, 4), credit(spent, 4)];
    const held = await hold(tx, { ...one, key: `hold:${wallet.id}`, entries });
    await settlePosting(tx, { key: `settle:${wallet.id}`, pendingId: held.id, outcome: { as: "posted" } });
    await hold(tx, { ...one, key: `open:${wallet.id}`, entries });
    return { wallet, granted };
  });
}

/** Does what nobody may, as the owner of the tables could. */
async function tamper(table: string, statement: string): Promise<void> {
  await owner.sql.unsafe(`alter table ${table} disable trigger user; alter table ${table} no force row level security;
    ${statement};
    alter table ${table} enable trigger user; alter table ${table} force row level security`);
}

describe("the books", () => {
  it("balance, sealed or not", async () => {
    await grantAndSpend();
    expect(await verifyLedger(ctx)).toMatchObject({ postings: 4, entries: 8, sealed: 0, problems: [] });
    await sealPostings(ctx);
    await grantAndSpend();
    expect(await verifyLedger(ctx)).toMatchObject({ postings: 8, entries: 16, sealed: 4, problems: [] });
  });

  it("are one chain, however many seal at once", async () => {
    await Promise.all(Array.from({ length: 12 }, () => grantAndSpend()));
    const [before] = await service.sql`select count(*)::int n from ledger_seals`;
    const sealed = await Promise.all([sealPostings(ctx), sealPostings(ctx), sealPostings(ctx)]);
    const report = await verifyLedger(ctx);
    expect(report).toMatchObject({ sealed: report.postings, problems: [] });
    expect(sealed.reduce((a, b) => a + b)).toBe(report.postings - before?.n);
  });

  it("are verified once a day, and the result is kept", async () => {
    await tendLedger(ctx);
    const jobs = () => service.sql`select 1 from graphile_worker.jobs where task_identifier = 'ledger.verify'`;
    expect(await jobs()).toHaveLength(1);
    await recordVerification(ctx);
    expect(await service.sql`select problems from ledger_verifications`).toEqual([{ problems: [] }]);
  });
});

describe("a row that was touched is named", () => {
  it.each<[what: string, table: string, statement: (id: string, wallet: string) => string, says: RegExp]>([
    [
      "an amount, changed so that it still sums to zero",
      "ledger_entries",
      (id) => `update ledger_entries set amount = amount * 2 where posting_id = '${id}'`,
      /posting pst_\w+ \(seal \d+\) or one of its entries is not what was sealed/,
    ],
    [
      "a reason",
      "ledger_postings",
      (id) => `update ledger_postings set reason = 'because' where id = '${id}'`,
      /posting pst_\w+ \(seal \d+\)/,
    ],
    [
      "a stored balance",
      "ledger_balances",
      (_, wallet) => `update ledger_balances set posted = posted + 1 where account_id = '${wallet}'`,
      /balance of liability_paid:cus_\d+: 7 \(4 held\) is stored, its entries say 6 \(4 held\)/,
    ],
    [
      "a seal that was taken out",
      "ledger_seals",
      (id) => `delete from ledger_seals where posting_id = '${id}'`,
      /seal \d+ is missing/,
    ],
  ])("%s", async (_what, table, statement, says) => {
    const { wallet, granted } = await grantAndSpend();
    await grantAndSpend();
    await sealPostings(ctx);
    const before = await verifyLedger(ctx);
    await tamper(table, statement(granted.id, wallet.id));
    const { problems } = await verifyLedger(ctx);
    const found = problems.filter((problem) => !before.problems.includes(problem));
    expect(found.join("\n")).toMatch(says);
  });

  it("and staff are told", async () => {
    const report = await recordVerification(ctx);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(await service.sql`select kind from alerts`).toEqual([{ kind: "ledger.does_not_balance" }]);
  });
});
