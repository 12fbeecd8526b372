import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { type Connection, connect } from "./connection.ts";

const { urls } = await testDatabase();
const pools = [1, 2].map((number) => connect(urls.service, { name: `test-${number}`, max: 1 }));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

/** How often this database was asked for all its types, with what the connection did itself. */
async function timesAsked({ sql }: Connection): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  const [row] = await sql`select seq_scan::int as times from pg_stat_sys_tables where relid = 'pg_type'::regclass`;
  return row?.times;
}

test("arrays are arrays both ways, on the first connection of a process and on those that never ask for their types", async () => {
  const [first, second] = pools as [Connection, Connection];
  const id = "0193b3a1-0000-7000-8000-000000000001";
  for (const { sql } of pools) {
    // The very first statement of a client is written before it knows any type.
    await sql`select 1`;
    const [row] =
      await sql`select ${sql.array(["a", 'b "c", {d}'])}::text[] as words, ${sql.array([1, 2])}::int[] as numbers,
      array[${id}::uuid] as ids, array[true, false] as answers, '{}'::text[] as none, ${["e", "f"]}::text[] as plain`;
    expect(row).toEqual({
      ...{
        words: ["a", 'b "c", {d}'],
        numbers: [1, 2],
        ids: [id],
        answers: [true, false],
        none: [],
        plain: ["e", "f"],
      },
    });
  }
  const before = await timesAsked(first);
  const third = connect(urls.service, { name: "test-3", max: 1 });
  try {
    expect(await timesAsked(third)).toBe(before);
    expect(await timesAsked(second)).toBe(before);
  } finally {
    await third.close();
  }
});
