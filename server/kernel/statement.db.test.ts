import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor } from "./db.ts";
import { few, ofFew } from "./statement.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-statement" });
afterAll(() => service.close());
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now: () => new Date(), reactions: {} });

await service.sql`insert into provider_looks (subject, began, ended)
  select 'thing:' || n, n, n from generate_series(1, 5000) as n`;

const list = JSON.stringify(["thing:7", "thing:4711"]);
const rows = [{ subject: "thing:7" }, { subject: "thing:4711" }];

it("looks up those of a list, each by the index, however small the table still is", async () => {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    const forms = [
      sql`select began from provider_looks where subject ${ofFew(list)} order by subject for update`,
      sql`select began from ${few(rows)} as one, json_to_record(one) as asked(subject text)
        join provider_looks looks on looks.subject = asked.subject`,
    ];
    for (const form of forms) {
      const found = await tx.execute<{ began: string }>(form);
      expect(found.map(({ began }) => Number(began)).toSorted((a, b) => a - b)).toEqual([7, 4711]);
      const plan = await tx.execute(sql`explain ${form}`);
      expect(JSON.stringify(plan)).toMatch(/(Index|Bitmap Index) Scan/);
      expect(JSON.stringify(plan)).not.toContain("Seq Scan");
    }
  });
});
