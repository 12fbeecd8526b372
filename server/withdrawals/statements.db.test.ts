import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "withdrawal", "fulfilment")]);
const { sql } = shop;
const {
  formKey,
  refused,
  finance,
  order,
  options,
  withdraw,
  outcome,
  whole,
  price,
  state,
  numberOf,
  statementOf,
  lettersOf,
} = testWithdrawals(shop);

describe("what is said without a link", () => {
  it("stands with its instant, is acknowledged with the link to the order's address, and is carried out by it as of then", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const key = formKey();
    const said = { number: ` ${number.toLowerCase().replace("-", " ")} `, email: purchase.email.toUpperCase(), key };
    const { caller } = shop.browser();
    const first = await caller.withdrawals.state({ ...said, name: "Anna Andersson", formKey: key });
    expect(await caller.withdrawals.state({ ...said, name: "Anna Andersson", formKey: key })).toEqual(first);
    await shop.work();
    const rows = await sql`select id, received_at as at from withdrawal_statements where order_number = ${number}`;
    expect(rows).toHaveLength(1);
    const id = String(rows[0]?.id);
    const at = new Date(String(rows[0]?.at));
    expect(await shop.browser().caller.withdrawals.receipt(first)).toEqual({
      ...{ number, name: "Anna Andersson", email: purchase.email.toUpperCase(), receivedAt: at },
    });
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed", withdrawal: null });
    const { orderId } = await options(purchase);
    const ofOrder = { orderId, status: "unconfirmed" as const };
    expect((await (await finance()).withdrawals.statements.list(ofOrder)).items).toMatchObject([{ id, orderId }]);
    // Nothing has moved: whoever guesses a number and an address takes nothing from anybody.
    expect(await outcome(purchase)).toMatchObject({ payment: "paid", withdrawal: undefined, atStripe: [] });
    const [letter, ...others] = await lettersOf(id);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      template: "withdrawal-stated",
      to_address: purchase.email,
      link_purpose: "withdraw",
    });
    expect(letter?.html).not.toContain(purchase.ref);

    expect(await options(purchase)).toMatchObject({ statedAt: at, lines: [{ open: true }] });
    const again = formKey();
    const withdrawal = await withdraw(purchase, again);
    expect(await withdraw(purchase, again)).toEqual(withdrawal);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
    expect(await statementOf(id)).toMatchObject({ status: "carried_out", withdrawal: withdrawal.id });
    const [row] =
      await sql`select received_at as at, refund_due_at as due from withdrawals where id = ${withdrawal.id}`;
    const inTwoWeeks = new Date(at.getTime() + 14 * 86_400_000);
    expect([row?.at, row?.due].map((one) => new Date(String(one)))).toEqual([at, inTwoWeeks]);
    expect(await options(purchase)).toMatchObject({ statedAt: null });
  });

  it("is answered alike whatever it names; of a guessed number, and of an address that is another's, nobody learns or loses anything", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const wrong = [
      await state({ number, email: "other@example.se" }),
      await state({ number: "KV-99999", email: purchase.email }),
    ];
    await shop.work();
    for (const { id, receipt } of wrong) {
      expect(receipt).toMatch(/^[0-9a-f]{64}$/);
      expect(await statementOf(id)).toMatchObject({ status: "unmatched" });
      const [letter, ...others] = await lettersOf(id);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ template: "withdrawal-stated", link_purpose: null });
      expect(String(letter?.text).replaceAll("\n", " ")).toContain("hittar ingen order");
    }
    expect(await options(purchase)).toMatchObject({ statedAt: null });
    const flipped = `${wrong[0]?.receipt.startsWith("0") ? "1" : "0"}${wrong[0]?.receipt.slice(1)}`;
    await expect(shop.browser().caller.withdrawals.receipt({ receipt: flipped })).rejects.toEqual(
      refused("withdrawals.no_statement"),
    );
  });

  it("goes to an address at most five times an hour by itself; what comes then is kept, and staff are told at once", async () => {
    const email = "often@example.se";
    const said = [];
    for (let n = 0; n < 6; n++) said.push(await state({ number: "KV-99998", email }));
    await shop.work();
    const letters = await Promise.all(said.map(async ({ id }) => (await lettersOf(id)).length));
    expect(letters).toEqual([1, 1, 1, 1, 1, 0]);
    const { items } = await (await finance()).overview.workQueue();
    // All that no order was found for are one case: anybody can make them, and nobody should have to leaf through them.
    const [all] =
      await sql`select count(*)::int as count, min(received_at) as oldest from withdrawal_statements where status = 'unmatched'`;
    expect(Number(all?.count)).toBeGreaterThan(5);
    const waiting = items.filter((one) => one.kind === "withdrawal_unmatched" || one.kind === "withdrawal_statement");
    const since = new Date(String(all?.oldest));
    expect(waiting).toMatchObject([
      { kind: "withdrawal_unmatched", subject: String(all?.count), detail: "not_mailed", amount: null, since },
    ]);
    // Once staff have found its order it is acknowledged, and nobody is told to do so.
    const purchase = await order("bag");
    const act = { id: said[5]?.id ?? "", reason: "a digit was wrong", number: await numberOf(purchase) };
    const { withdrawals, overview } = await finance();
    await withdrawals.statements.attach(act);
    await shop.work();
    expect((await lettersOf(act.id)).map((one) => one.to_address)).toEqual([purchase.email]);
    expect((await overview.workQueue()).items.filter((one) => one.id === act.id)).toEqual([]);
  });

  it("is one withdrawal when the buyer and staff carry it out at the same moment, and closes what else was said", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const said = [await state({ number, email: purchase.email }), await state({ number, email: purchase.email })];
    await shop.work();
    const caller = await finance();
    const { order: found } = await caller.withdrawals.statements.get({ id: said[0]?.id ?? "" });
    const act = { reason: "spoke with the buyer", lineIds: found?.lines.map((line) => line.id) ?? [] };
    const answers = await Promise.allSettled([
      withdraw(purchase),
      ...said.map(({ id }) => caller.withdrawals.statements.carryOut({ ...act, id })),
      withdraw(purchase),
    ]);
    const ids = answers.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
    expect(new Set(ids).size).toBe(1);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(await price("bag")));
    for (const { id } of said)
      expect(await statementOf(id)).toMatchObject({ status: "carried_out", withdrawal: ids[0] });
    // Once more, and whatever else staff press: the same, or told that it is done.
    expect(await caller.withdrawals.statements.carryOut({ ...act, id: said[0]?.id ?? "" })).toEqual({ id: ids[0] });
    await expect(caller.withdrawals.statements.dismiss({ id: said[0]?.id ?? "", reason: "too slow" })).rejects.toEqual(
      refused("withdrawals.statement_closed"),
    );
    // What is said about it now has nothing left to do, and says so.
    const late = await state({ number, email: purchase.email });
    await shop.work();
    expect(await statementOf(late.id)).toMatchObject({ status: "overtaken" });
    expect((await lettersOf(late.id)).map((one) => [one.template, one.link_purpose])).toEqual([
      ["withdrawal-stated", "view_order"],
    ]);
  });

  it("that no order was found for is attached by staff, whose buyer then gets the link, or closed with a reason that is mailed", async () => {
    const purchase = await order("bag");
    const number = await numberOf(purchase);
    const [mistyped, unknown] = [
      await state({ number: "KV-99997", email: purchase.email }),
      await state({ number: "KV-99996", email: "nobody@example.se" }),
    ];
    await shop.work();
    const { statements } = (await finance()).withdrawals;
    expect((await statements.get({ id: mistyped.id })).candidates).toMatchObject([{ number }]);
    const act = { id: mistyped.id, reason: "a digit was wrong" };
    await expect(statements.attach({ ...act, number: "KV-99995" })).rejects.toEqual(
      refused("withdrawals.no_such_number"),
    );
    await statements.attach({ ...act, number });
    await expect(statements.attach({ ...act, number })).rejects.toEqual(refused("withdrawals.statement_closed"));
    await statements.dismiss({ id: unknown.id, reason: "Det är en annan butiks nummer." });
    await shop.work();
    expect((await lettersOf(mistyped.id)).map((one) => [one.to_address, one.link_purpose])).toEqual([
      [purchase.email, null],
      [purchase.email, "withdraw"],
    ]);
    const [, closed] = await lettersOf(unknown.id);
    expect(closed).toMatchObject({ template: "withdrawal-dismissed", to_address: "nobody@example.se" });
    expect(closed?.text).toContain("Det är en annan butiks nummer.");
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await statementOf(mistyped.id)).toMatchObject({ status: "carried_out", withdrawal: id });
    const acts =
      await sql`select action, subject from audit_entries where subject in (${mistyped.id}, ${unknown.id}) order by action`;
    expect(acts.map((one) => ({ ...one }))).toEqual([
      { action: "withdrawals.attach_statement", subject: mistyped.id },
      { action: "withdrawals.dismiss_statement", subject: unknown.id },
    ]);
  });

  it("is carried out by the buyer alone, not by who made it, and by staff who decide about money", async () => {
    const purchase = await order("bag");
    const { id, receipt } = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    // The receipt's token shows the statement, and opens no order.
    await expect(shop.browser().caller.withdrawals.options({ ref: receipt })).rejects.toEqual(
      refused("withdrawals.no_order"),
    );
    const session = { ...(await shop.member(`support@kraftverk.test`)), staffRole: "support" as const };
    const support = shop.browser({ session }).caller.withdrawals.statements;
    await expect(support.dismiss({ id, reason: "no reason" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(support.dismissMany({ ids: [id], reason: "no reason" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed" });
  });
});
