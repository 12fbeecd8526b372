import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor, type Tx } from "../kernel/db.ts";
import { CREDIT, creditsAccount, liabilityAccount, providerAccount, salesAccount } from "./account.ts";
import { hold, post } from "./post.ts";
import { credit, debit } from "./posting.ts";
import { reversePosting } from "./reverse-posting.ts";
import { settlePosting } from "./settle-posting.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 16 });
const member = connect(urls.member, { name: "test-member", max: 1 });
afterAll(() => Promise.all([service.close(), member.close()]));

const now = () => new Date("2026-11-20T12:00:00Z");
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });
const inside = <T>(work: (tx: Tx) => Promise<T>) => db.transaction(work);
const { sql } = service;

let customers = 0;
const [issued, spent] = [creditsAccount("issued"), creditsAccount("revenue")];
async function walletWith(amount: number) {
  const wallet = liabilityAccount("paid", `cus_${++customers}`);
  const entries = [debit(issued, amount), credit(wallet, amount)];
  await inside((tx) => post(tx, { key: `grant:${wallet.id}`, kind: "credits.granted", source: wallet.id, entries }));
  const balance = async () => {
    const [row] = await sql`select posted, held from ledger_balances where account_id = ${wallet.id}`;
    return { posted: Number(row?.posted), held: Number(row?.held) };
  };
  const spending = (key: string, amountSpent: number) => ({
    key,
    kind: "credits.spent",
    source: wallet.id,
    entries: [debit(wallet, amountSpent), credit(spent, amountSpent)],
  });
  return { wallet, balance, spending };
}

describe("R14, R15: posting", () => {
  it("moves value once, however often the same fact is posted", async () => {
    const { balance, spending } = await walletWith(10);
    const first = await inside((tx) => post(tx, spending("spend:1", 3)));
    expect(await inside((tx) => post(tx, spending("spend:1", 3)))).toEqual({ id: first.id, fresh: false });
    expect(await balance()).toEqual({ posted: 7, held: 0 });
  });

  it("refuses a key that names another movement, and changes nothing", async () => {
    const { balance, spending } = await walletWith(10);
    await inside((tx) => post(tx, spending("spend:2", 3)));
    await expect(inside((tx) => post(tx, spending("spend:2", 4)))).rejects.toMatchObject({ code: "ledger.key_reused" });
    expect(await balance()).toEqual({ posted: 7, held: 0 });
  });

  it("fifty times the same at once is one movement", async () => {
    const { balance, spending } = await walletWith(10);
    const all = await Promise.all(Array.from({ length: 50 }, () => inside((tx) => post(tx, spending("spend:3", 1)))));
    expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await balance()).toEqual({ posted: 9, held: 0 });
  });

  it("of 64 at once from an account that holds 40, exactly 40 succeed", async () => {
    const { balance, spending } = await walletWith(40);
    const ends = await Promise.allSettled(
      Array.from({ length: 64 }, (_, i) => inside((tx) => post(tx, spending(`race:${i}`, 1)))),
    );
    const refused = ends.filter((end) => end.status === "rejected");
    expect(refused).toHaveLength(24);
    for (const end of refused) expect(end.reason).toMatchObject({ code: "ledger.insufficient" });
    expect(await balance()).toEqual({ posted: 0, held: 0 });
  });

  it("between two accounts both ways at once never waits in a circle", async () => {
    const [a, b] = [await walletWith(50), await walletWith(50)];
    const move = (key: string, from: typeof a, to: typeof a) => ({
      ...{ key, kind: "credits.moved", source: from.wallet.id },
      entries: [debit(from.wallet, 1), credit(to.wallet, 1)],
    });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        inside((tx) => post(tx, i % 2 ? move(`swap:${i}`, a, b) : move(`swap:${i}`, b, a))),
      ),
    );
    expect([await a.balance(), await b.balance()]).toEqual([
      { posted: 50, held: 0 },
      { posted: 50, held: 0 },
    ]);
  });

  it("of a transaction that fails leaves nothing", async () => {
    const { balance, spending } = await walletWith(10);
    await expect(
      inside(async (tx) => {
        await post(tx, spending("spend:4", 3));
        throw new Error("something else went wrong");
      }),
    ).rejects.toThrow("something else");
    expect(await balance()).toEqual({ posted: 10, held: 0 });
    expect(await sql`select 1 from ledger_postings where key = 'spend:4'`).toHaveLength(0);
  });
});

describe("holding", () => {
  it("keeps value for one purpose: others cannot spend it, and settling spends it", async () => {
    const { balance, spending } = await walletWith(10);
    const held = await inside((tx) => hold(tx, spending("hold:1", 8)));
    expect(await balance()).toEqual({ posted: 10, held: 8 });
    await expect(inside((tx) => post(tx, spending("other:1", 3)))).rejects.toMatchObject({
      code: "ledger.insufficient",
    });
    const settle = { key: "settle:1", pendingId: held.id, outcome: { as: "posted" } } as const;
    await inside((tx) => settlePosting(tx, settle));
    expect((await inside((tx) => settlePosting(tx, settle))).fresh).toBe(false);
    expect(await balance()).toEqual({ posted: 2, held: 0 });
  });

  it("voided frees all of it; posted for less frees the rest", async () => {
    const { balance, spending } = await walletWith(10);
    const held = await inside((tx) => hold(tx, spending("hold:2", 8)));
    await inside((tx) => settlePosting(tx, { key: "void:2", pendingId: held.id, outcome: { as: "void" } }));
    expect(await balance()).toEqual({ posted: 10, held: 0 });
    const again = await inside((tx) => hold(tx, spending("hold:3", 8)));
    const { entries } = spending("", 5);
    const outcome = { as: "posted", entries } as const;
    await inside((tx) => settlePosting(tx, { key: "settle:3", pendingId: again.id, outcome }));
    expect(await balance()).toEqual({ posted: 5, held: 0 });
  });

  it("is settled once, whoever comes first", async () => {
    const { balance, spending } = await walletWith(10);
    const { id: pendingId } = await inside((tx) => hold(tx, spending("hold:4", 8)));
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) =>
        inside((tx) => settlePosting(tx, { key: `end:${i}`, pendingId, outcome: { as: i % 2 ? "posted" : "void" } })),
      ),
    );
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    for (const end of ends) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "ledger.settled" });
    expect((await balance()).held).toBe(0);
  });
});

describe("reversing", () => {
  it("mirrors a posting once and cites it", async () => {
    const { balance, spending } = await walletWith(10);
    const { id: postingId } = await inside((tx) => post(tx, spending("spend:5", 4)));
    await inside((tx) => reversePosting(tx, { key: "back:5", postingId, reason: "charged by mistake" }));
    expect(await balance()).toEqual({ posted: 10, held: 0 });
    await expect(
      inside((tx) => reversePosting(tx, { key: "back:5b", postingId, reason: "again" })),
    ).rejects.toMatchObject({ code: "ledger.reversed" });
  });
});

describe("R17: the database itself", () => {
  const refusals: [what: string, statement: string][] = [
    ["changing a posting", "update ledger_postings set reason = 'x'"],
    ["removing a posting", "delete from ledger_postings"],
    ["changing an entry", "update ledger_entries set amount = amount + 1"],
    ["removing an entry", "delete from ledger_entries"],
    ["emptying the entries", "truncate ledger_entries"],
    ["changing a seal", "update ledger_seals set hash = ''"],
    ["removing a balance", "delete from ledger_balances"],
    ["a balance below zero", "update ledger_balances set posted = -1, held = 0"],
  ];
  it.each(refusals)("refuses %s to the product's own roles", async (_what, statement) => {
    await walletWith(1);
    await expect(sql.unsafe(statement)).rejects.toThrow(/permission denied|append-only|ledger_balances/);
    await expect(member.sql.unsafe(statement)).rejects.toThrow(/permission denied/);
  });

  const provider = providerAccount("stripe", "SEK");
  const line = (tx: typeof sql, postingId: string, position: number, accountId: string, amount: number, unit = "SEK") =>
    tx`insert into ledger_entries (posting_id, position, account_id, currency, amount) values (${postingId}, ${position}, ${accountId}, ${unit}, ${amount})`;
  const row = (tx: typeof sql, id: string) =>
    tx`insert into ledger_postings (id, key, kind, source, phase, entry_count, actor, at) values (${id}, ${id}, 'x', 'x', 'posted', 2, 'x', now())`;

  it("refuses lines that do not sum to zero, lines that come later, and a posting without lines", async () => {
    const sales = salesAccount("SEK");
    const entries = [debit(provider, 100), credit(sales, 100)];
    const { id } = await inside((tx) => post(tx, { key: "sale", kind: "x", source: "x", entries }));
    const both = (amounts: [number, number], unit = "SEK", other = sales.id) =>
      sql.begin(async (tx) => {
        const posting = `pst_${Math.random()}`;
        await row(tx as unknown as typeof sql, posting);
        await tx`insert into ledger_entries (posting_id, position, account_id, currency, amount) values
          (${posting}, 0, ${provider.id}, ${unit}, ${amounts[0]}), (${posting}, 1, ${other}, ${unit}, ${amounts[1]})`;
      });
    await both([100, -100]);
    await expect(both([100, -99])).rejects.toThrow("does not balance");
    await expect(both([100, -100], CREDIT)).rejects.toThrow("does not balance");
    await expect(both([100, -100], "SEK", "nowhere:SEK")).rejects.toThrow("does not balance");
    await expect(line(sql, id, 2, provider.id, 5)).rejects.toThrow("does not balance");
    // A second pair of lines of its own: of the right number, and in balance.
    const pair = (postingId: string, at: [number, number]) =>
      sql`insert into ledger_entries (posting_id, position, account_id, currency, amount) values
        (${postingId}, ${at[0]}, ${provider.id}, 'SEK', 7), (${postingId}, ${at[1]}, ${sales.id}, 'SEK', -7)`;
    await expect(pair(id, [2, 3])).rejects.toThrow("does not balance");
    await expect(pair(id, [-2, -1])).rejects.toThrow("does not balance");
    await expect(pair(id, [0, 1])).rejects.toThrow("ledger_entries_posting");
    await expect(pair("pst_nowhere", [0, 1])).rejects.toThrow("does not balance");
    await expect(sql.begin((tx) => row(tx as unknown as typeof sql, "pst_empty"))).rejects.toThrow("has no entries");
  });
});
