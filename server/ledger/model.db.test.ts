import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor, type Tx } from "../kernel/db.ts";
import { DomainError } from "../kernel/errors.ts";
import { creditsAccount, liabilityAccount } from "./account.ts";
import { hold, post } from "./post.ts";
import { credit, debit } from "./posting.ts";
import { reversePosting } from "./reverse-posting.ts";
import { settlePosting } from "./settle-posting.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 2 });
afterAll(() => service.close());
const now = () => new Date("2026-11-20T12:00:00Z");
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });

const WALLETS = 3;
const STEPS = Number(process.env.LEDGER_MODEL_STEPS ?? 40);
const SEEDS = Number(process.env.LEDGER_MODEL_SEEDS ?? 5);
const [issued, spent] = [creditsAccount("issued"), creditsAccount("revenue")];

const operation = fc.record({
  what: fc.constantFrom("grant", "spend", "hold", "settle", "void", "move", "reverse"),
  wallet: fc.nat(WALLETS - 1),
  other: fc.nat(WALLETS - 1),
  amount: fc.integer({ min: 1, max: 60 }),
  pick: fc.nat(1_000),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
type Known = { id: string; from: number | null; to: number | null; amount: number };

/** What the ledger should do, in a few lines without a database. */
class Model {
  readonly posted = Array.from({ length: WALLETS }, () => 0);
  readonly held = Array.from({ length: WALLETS }, () => 0);
  readonly pending: Known[] = [];
  readonly moved: Known[] = [];

  free(wallet: number | null): number {
    return wallet === null ? Number.POSITIVE_INFINITY : (this.posted[wallet] ?? 0) - (this.held[wallet] ?? 0);
  }

  move({ from, to, amount }: Known): void {
    if (from !== null) this.posted[from] = (this.posted[from] ?? 0) - amount;
    if (to !== null) this.posted[to] = (this.posted[to] ?? 0) + amount;
  }

  hold(wallet: number, amount: number): void {
    this.held[wallet] = (this.held[wallet] ?? 0) + amount;
  }
}

/** Runs one random operation against both; both must allow or refuse it alike. */
async function step(run: string, i: number, { what, wallet, other, amount, pick }: Operation, model: Model) {
  const account = (n: number) => liabilityAccount("paid", `${run}-${n}`);
  const line = (from: number | null, to: number | null, sum: number) => [
    debit(from === null ? issued : account(from), sum),
    credit(to === null ? spent : account(to), sum),
  ];
  const one = { key: `${run}:${i}`, kind: "test", source: run };
  const allowed = async (expected: boolean, work: (tx: Tx) => Promise<{ id: string }>) => {
    const end = await db.transaction(work).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "ledger.insufficient") return null;
      throw error;
    });
    expect(end !== null, `${what} of ${amount}`).toBe(expected);
    return end;
  };
  const act = async (from: number | null, to: number | null) => {
    const done = await allowed(model.free(from) >= amount, (tx) =>
      post(tx, { ...one, entries: line(from, to, amount) }),
    );
    if (!done) return;
    model.move({ id: done.id, from, to, amount });
    model.moved.push({ id: done.id, from, to, amount });
  };
  if (what === "grant") return act(null, wallet);
  if (what === "spend") return act(wallet, null);
  if (what === "move") return wallet === other ? undefined : act(wallet, other);
  if (what === "hold") {
    const done = await allowed(model.free(wallet) >= amount, (tx) =>
      hold(tx, { ...one, entries: line(wallet, null, amount) }),
    );
    if (!done) return;
    model.hold(wallet, amount);
    model.pending.push({ id: done.id, from: wallet, to: null, amount });
    return;
  }
  if (what === "reverse") {
    const [known] = model.moved.splice(pick % Math.max(1, model.moved.length), 1);
    if (!known) return;
    const done = await allowed(model.free(known.to) >= known.amount, (tx) =>
      reversePosting(tx, { key: one.key, postingId: known.id, reason: "test" }),
    );
    if (done) model.move({ ...known, from: known.to, to: known.from });
    else model.moved.push(known);
    return;
  }
  const [known] = model.pending.splice(pick % Math.max(1, model.pending.length), 1);
  if (!known || known.from === null) return;
  const { from } = known;
  await db.transaction((tx) =>
    settlePosting(tx, { key: one.key, pendingId: known.id, outcome: { as: what === "void" ? "void" : "posted" } }),
  );
  model.hold(from, -known.amount);
  if (what === "settle") model.move(known);
}

describe("R13: many random operations", () => {
  it("random operations end as the model says, after every step", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: STEPS, maxLength: STEPS }), async (operations) => {
        const name = `run${++run}`;
        const model = new Model();
        for (const [i, one] of operations.entries()) {
          await step(name, i, one, model);
          const rows = await service.sql<{ account_id: string; posted: string; held: string }[]>`
            select account_id, posted, held from ledger_balances where account_id like ${`liability_paid:${name}-%`}`;
          for (let n = 0; n < WALLETS; n++) {
            const row = rows.find(({ account_id }) => account_id === `liability_paid:${name}-${n}`);
            expect([Number(row?.posted ?? 0), Number(row?.held ?? 0)]).toEqual([model.posted[n], model.held[n]]);
          }
        }
      }),
      { numRuns: SEEDS },
    );
    const [sum] = await service.sql`select coalesce(sum(amount), 0)::int total from ledger_entries`;
    expect(sum).toEqual({ total: 0 });
  });
});
