import { eq, sql } from "drizzle-orm";
import { ledgerAccounts, ledgerBalances, ledgerEntries, ledgerPostings } from "../../drizzle/schema/ledger.ts";
import { actorName } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { send } from "../kernel/send.ts";
import { ACCOUNT_KINDS, type Account } from "./account.ts";
import { ledgerErrors } from "./errors.ts";
import { type BalanceChange, balanceChanges, type Entry, type Phase, requireBalanced, sameContent } from "./posting.ts";

export type PostingRow = typeof ledgerPostings.$inferSelect;
export type WrittenPosting = { readonly id: string; readonly fresh: boolean };

type Writing = {
  readonly key: string;
  readonly kind: string;
  readonly source: string;
  readonly reason: string | null;
  readonly phase: Phase;
  readonly settles: string | null;
  readonly reverses: string | null;
  readonly entries: readonly Entry[];
  /** The entries of the pending posting that this one settles. */
  readonly settled: readonly Entry[];
};

/** The one place that writes to the ledger. `fresh` is false when the same posting was there already. */
export async function writePosting(tx: Tx, writing: Writing): Promise<WrittenPosting> {
  requireBalanced(writing.entries);
  const insertion = insertPosting(tx, writing);
  const accounts = knownAccounts(tx, writing.entries);
  // In one packet. Should the first be refused, so is the second, for no reason of its own.
  accounts.catch(() => {});
  const id = await insertion;
  if (id === null) return { id: await samePosting(tx, writing), fresh: false };
  addAccounts(tx, writing.entries, await accounts);
  await changeBalances(tx, balanceChanges(writing.phase, writing.entries, writing.settled));
  send(
    tx,
    tx.insert(ledgerEntries).values(
      writing.entries.map(({ account, amount }, position) => ({
        postingId: id,
        position,
        accountId: account.id,
        currency: account.currency,
        amount,
      })),
    ),
  );
  return { id, fresh: true };
}

/** Null when its key is taken. Waits for a posting with the same key that is being written. */
async function insertPosting(tx: Tx, { key, kind, source, reason, phase, settles, reverses, entries }: Writing) {
  const row = { key, kind, source, reason, phase, settles, reverses, entryCount: entries.length };
  try {
    const [made] = await tx
      .insert(ledgerPostings)
      .values({ id: newId("pst"), ...row, actor: actorName(tx.scope.actor), at: tx.scope.now })
      .onConflictDoNothing({ target: ledgerPostings.key })
      .returning({ id: ledgerPostings.id });
    return made?.id ?? null;
  } catch (error) {
    const constraint = databaseError(error)?.constraint;
    if (constraint === "ledger_postings_settles") throw ledgerErrors.settled();
    if (constraint === "ledger_postings_reverses") throw ledgerErrors.reversed();
    throw error;
  }
}

async function samePosting(tx: Tx, writing: Writing): Promise<string> {
  const [known] = await tx.select().from(ledgerPostings).where(eq(ledgerPostings.key, writing.key));
  invariant(known, "a posting whose key is taken can be read");
  const entries = await entryRows(tx, known.id);
  const wanted = writing.entries.map(({ account, amount }) => ({ accountId: account.id, amount }));
  if (!sameContent({ ...known, entries }, { ...writing, entries: wanted })) {
    throw ledgerErrors.keyReused({ key: writing.key });
  }
  return known.id;
}

async function entryRows(tx: Tx, postingId: string) {
  return tx
    .select({ accountId: ledgerEntries.accountId, amount: ledgerEntries.amount })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.postingId, postingId))
    .orderBy(ledgerEntries.position);
}

/** Accounts are made once and never changed; most are there already, so look before writing. */
async function knownAccounts(tx: Tx, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(entries.map(({ account }) => account.id))];
  const known = await tx
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(sql`${ledgerAccounts.id} in ${ids}`);
  return new Set(known.map(({ id }) => id));
}

function addAccounts(tx: Tx, entries: readonly Entry[], known: ReadonlySet<string>): void {
  const accounts = new Map(entries.map(({ account }) => [account.id, account]));
  const missing = [...accounts.values()].filter(({ id }) => !known.has(id));
  if (missing.length === 0) return;
  const rows = missing.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((account) => accountRow(account, tx.scope.now));
  send(tx, tx.insert(ledgerAccounts).values(rows).onConflictDoNothing());
}

function accountRow({ id, kind, currency, ownerId }: Account, createdAt: Date) {
  const { side, guarded } = ACCOUNT_KINDS[kind];
  return { id, kind, currency, side, guarded, ownerId, createdAt };
}

/** Locks the balances one after the other, in the order of their accounts. Throws `ledger.insufficient`. */
async function changeBalances(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
  try {
    for (const { accountId, posted, held } of changes) {
      await tx.insert(ledgerBalances).values({ accountId, posted: 0, held: 0 }).onConflictDoNothing();
      await tx
        .update(ledgerBalances)
        .set({
          posted: sql`${ledgerBalances.posted} + ${posted}`,
          held: sql`${ledgerBalances.held} + ${held}`,
        })
        .where(eq(ledgerBalances.accountId, accountId));
    }
  } catch (error) {
    if (databaseError(error)?.constraint === "ledger_balances_enough") throw ledgerErrors.insufficient();
    throw error;
  }
}

/** The entries of a posting, as they were written. */
export async function entriesOf(tx: Tx, postingId: string): Promise<Entry[]> {
  const rows = await tx
    .select({ amount: ledgerEntries.amount, account: ledgerAccounts })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(eq(ledgerEntries.postingId, postingId))
    .orderBy(ledgerEntries.position);
  return rows.map(({ amount, account: { id, kind, currency, ownerId } }) => {
    invariant(isKind(kind), `an account kind of this version: ${kind}`);
    return { amount, account: { id, kind, currency, ownerId } };
  });
}

function isKind(kind: string): kind is Account["kind"] {
  return kind in ACCOUNT_KINDS;
}
