import { expect, test } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import { consumeCredits, createCreditDesk } from "./index.ts";

const shop = await testCreditShop();
const TABLES = ["credit_operations", "credit_grants", "credit_allocations", "ledger_postings", "ledger_entries"];
const SPENT = 600;

test("what a request looks up does not grow with what was spent before, also by plans that were made in a new shop", async () => {
  const customerId = await shop.customer();
  await shop.grant(customerId, 10_000);
  await shop.owner.sql`analyze`;
  // One connection from beginning to end: its plans are those of the first request.
  const line = await shop.member.sql.reserve();
  const ctx = { ...shop.ctx, providers: { creditDesk: createCreditDesk(line) } };
  const spend = () => consumeCredits(ctx, shop.spending(customerId, 1));
  const rowsRead = async () => {
    const rows = await line<{ name: string; rows: number }[]>`
      select relname as name, (coalesce(idx_tup_fetch, 0) + seq_tup_read)::int as rows from pg_stat_xact_user_tables where relname = any(${TABLES})`;
    return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
  };
  for (let n = 0; n < 8; n++) await spend();
  await Promise.all(Array.from({ length: SPENT }, spend));

  await line`begin`;
  const before = await rowsRead();
  await spend();
  // What is otherwise looked at when it is committed.
  await line`set constraints all immediate`;
  const after = await rowsRead();
  await line`commit`;
  line.release();
  const read = TABLES.map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)] as const);
  expect(read.filter(([, rows]) => rows > 20)).toEqual([]);
  expect(read.some(([, rows]) => rows > 0)).toBe(true);
});
