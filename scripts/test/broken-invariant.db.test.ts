import postgres from "postgres";
import { afterAll, describe, expect, inject, it } from "vitest";
import { testDatabase } from "./database.ts";
import { runProgram } from "./run-program.ts";

const planted = process.env.KRAFTVERK_PLANT === "1";

// The suite that the other half of this file runs: money is taken for nothing, and its own test does not notice.
describe.runIf(planted)("a suite that takes money for nothing", async () => {
  if (!planted) return;
  const { urls } = await testDatabase();
  const sql = postgres(urls.service, { max: 1 });
  afterAll(() => sql.end());

  it("is content with itself", async () => {
    await sql`insert into customers (id, email, email_normalized, locale, created_at)
      values ('cus_a', 'a@b.se', 'a@b.se', 'sv', now())`;
    const rows =
      await sql`insert into payments (id, customer_id, provider, external_id, status, currency, amount, paid_at, created_at)
      values ('pay_stray', 'cus_a', 'stripe', 'pi_stray', 'paid', 'SEK', 100, now(), now()) returning id`;
    expect(rows).toHaveLength(1);
  });
});

describe.runIf(!planted)("V1–V6 after every suite with a database", () => {
  it("turn a suite red whose own tests are green", async () => {
    const own = "scripts/test/broken-invariant.db.test.ts";
    const server = JSON.stringify(inject("testServer"));
    const env = { KRAFTVERK_PLANT: "1", KRAFTVERK_TEST_SERVER: server, VITEST: "", NO_COLOR: "1" };
    const { code, output } = await runProgram("vitest", ["run", "--project", "db", own], { env });
    expect(output).toContain("V4: money that was taken belongs to an order or an invoice: pay_stray");
    expect(output).toMatch(/Tests\s+1 passed/);
    expect(code).not.toBe(0);
  });
});
