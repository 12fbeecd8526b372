import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { finance, order, state, numberOf, statementOf, lettersOf } = testWithdrawals(shop);

describe("statements", () => {
  it("that no order was found for are closed many at once, each once, and mailed only where staff say so", async () => {
    const purchase = await order("bag");
    const mine = await state({ number: await numberOf(purchase), email: purchase.email });
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push((await state({ number: `KV-8880${n}`, email: "flood@example.se" })).id);
    await shop.work();
    const { statements } = (await finance()).withdrawals;
    const would = await statements.closable({ q: "flood@", status: "unmatched" });
    expect(would).toEqual({ ids: expect.arrayContaining(ids), skipped: 0, more: false });
    expect(would.ids).toHaveLength(4);
    const [last = "", ...silent] = ids;
    expect(await statements.closable({ ids: [mine.id, last, last] })).toEqual({ ids: [last], skipped: 1, more: false });
    expect((await statements.closable({ q: "flood@", status: "unconfirmed" })).ids).toEqual([]);
    const act = { ids: [mine.id, ...silent], reason: "Påhittade nummer" };
    const answers = await Promise.all([statements.dismissMany(act), statements.dismissMany(act)]);
    expect(answers.toSorted((a, b) => a.closed - b.closed)).toEqual([
      { closed: 0, skipped: 4 },
      { closed: 3, skipped: 1 },
    ]);
    await statements.dismissMany({ ids: [last], reason: "Det är en annan butiks nummer.", letter: true });
    await shop.work();
    // What is about an order is nobody's to close unseen.
    expect(await statementOf(mine.id)).toMatchObject({ status: "unconfirmed" });
    for (const id of silent) {
      expect(await statementOf(id)).toMatchObject({ status: "dismissed", dismissal: "Påhittade nummer" });
      expect((await lettersOf(id)).map(({ template }) => template)).toEqual(["withdrawal-stated"]);
    }
    expect((await lettersOf(last)).map(({ template }) => template)).toEqual([
      "withdrawal-stated",
      "withdrawal-dismissed",
    ]);
    const acts = await sql`select action, subject from audit_entries where subject in ${sql(ids)}`;
    expect(acts.map(({ subject }) => String(subject)).toSorted()).toEqual(ids.toSorted());
  });

  it("is closed two hundred at a press, the oldest first", async () => {
    const id = (n: string) => sql`'wst_many_' || lpad(${sql.unsafe(n)}::text, 3, '0')`;
    await sql`insert into withdrawal_statements (id, status, order_number, name, email, email_normalized, locale, received_at, may_mail, access_token_hash)
      select ${id("n")}, 'unmatched', 'KV-77777', 'Anna', 'many@example.se', 'many@example.se', 'sv', ${shop.worker().now().toISOString()}::timestamptz + n * interval '1 second', false, 'many' || n
        from generate_series(0, 200) n`;
    await sql`insert into withdrawal_statement_transitions (subject_id, event, from_state, to_state, actor, at)
      select ${id("n")}, step.event, step.before, step.after, 'test', now() from generate_series(0, 200) n,
        (values (1, 'created', null, 'received'), (2, 'not_found', 'received', 'unmatched')) step (place, event, before, after) order by n, place`;
    const { statements } = (await finance()).withdrawals;
    const { ids, more } = await statements.closable({ q: "KV-77777" });
    expect([ids.length, ids[0], ids.at(-1), more]).toEqual([200, "wst_many_000", "wst_many_199", true]);
    expect(await statements.dismissMany({ ids, reason: "Påhittade nummer" })).toEqual({ closed: 200, skipped: 0 });
    expect(await statements.closable({ q: "KV-77777" })).toEqual({ ids: ["wst_many_200"], skipped: 0, more: false });
  });
});
