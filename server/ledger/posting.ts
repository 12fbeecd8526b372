import { createHash } from "node:crypto";
import { invariant } from "../kernel/invariant.ts";
import { ACCOUNT_KINDS, type Account, type Side } from "./account.ts";

export type Phase = "posted" | "pending" | "void";

/** One line: debits are positive, credits negative, in minor units of the account's currency. */
export type Entry = { readonly account: Account; readonly amount: number };

/** What moves, and why. Amounts of zero are left out by the caller. */
export type NewPosting = {
  /** Names the fact, once and for ever: posting it again changes nothing. */
  readonly key: string;
  /** `domain.what`, e.g. `payment.captured`. */
  readonly kind: string;
  /** The id of the row that it is about. */
  readonly source: string;
  readonly entries: readonly Entry[];
  readonly reason?: string | undefined;
};

export function debit(account: Account, amount: number): Entry {
  return { account, amount };
}

export function credit(account: Account, amount: number): Entry {
  return { account, amount: -amount };
}

/** Throws when a posting is no double entry: a bug of the caller, which the database would refuse as well. */
export function requireBalanced(entries: readonly Entry[]): void {
  invariant(entries.length >= 2, "a posting has at least two entries");
  const sums = new Map<string, bigint>();
  for (const { account, amount } of entries) {
    invariant(Number.isSafeInteger(amount) && amount !== 0, `an entry is a whole amount other than zero: ${amount}`);
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + BigInt(amount));
  }
  for (const [currency, sum] of sums) invariant(sum === 0n, `the entries in ${currency} sum to ${sum} instead of zero`);
}

/** How much an entry adds to its account, seen from the side on which the account grows. */
export function growth(side: Side, amount: number): number {
  return side === "debit" ? amount : -amount;
}

/** What a posting does to one guarded account. */
export type BalanceChange = { readonly accountId: string; readonly posted: number; readonly held: number };

/**
 * What a posting does to its guarded accounts, in the order of their ids, so that postings at once never wait for each
 * other in a circle. Pending: what flows out is held. Settling takes the hold of the pending entries off again.
 */
export function balanceChanges(
  phase: Phase,
  entries: readonly Entry[],
  settled: readonly Entry[] = [],
): BalanceChange[] {
  const changes = new Map<string, { posted: number; held: number }>();
  const at = (account: Account) => {
    const known = changes.get(account.id) ?? { posted: 0, held: 0 };
    changes.set(account.id, known);
    return known;
  };
  const grows = ({ account, amount }: Entry) => growth(ACCOUNT_KINDS[account.kind].side, amount);
  const guarded = ({ account }: Entry) => ACCOUNT_KINDS[account.kind].guarded;
  for (const entry of entries.filter(guarded)) {
    if (phase === "posted") at(entry.account).posted += grows(entry);
    if (phase === "pending") at(entry.account).held += Math.max(0, -grows(entry));
  }
  for (const entry of settled.filter(guarded)) at(entry.account).held -= Math.max(0, -grows(entry));
  return [...changes]
    .map(([accountId, change]) => ({ accountId, ...change }))
    .filter(({ posted, held }) => posted !== 0 || held !== 0)
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

/** Two postings with one key are the same posting when this is the same. */
export function sameContent(a: PostingContent, b: PostingContent): boolean {
  return contentOf(a) === contentOf(b);
}

export type PostingContent = {
  readonly kind: string;
  readonly source: string;
  readonly phase: Phase;
  readonly settles: string | null;
  readonly reverses: string | null;
  readonly entries: readonly { readonly accountId: string; readonly amount: number }[];
};

function contentOf({ kind, source, phase, settles, reverses, entries }: PostingContent): string {
  const lines = entries.map(({ accountId, amount }) => `${accountId} ${amount}`);
  return JSON.stringify([kind, source, phase, settles, reverses, lines]);
}

/** A posting as it is sealed: every column of it and of its entries, in one fixed writing. */
export type SealedPosting = {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly source: string;
  readonly phase: Phase;
  readonly settles: string | null;
  readonly reverses: string | null;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
  readonly entries: readonly { readonly accountId: string; readonly currency: string; readonly amount: number }[];
};

/** The chain's next hash (SHA-256, hex): over the hash before it, so that nothing can be changed, taken out or moved. */
export function sealOf(previous: string, posting: SealedPosting): string {
  const { id, key, kind, source, phase, settles, reverses, actor, reason, at, entries } = posting;
  const lines = entries.map((entry) => [entry.accountId, entry.currency, entry.amount]);
  const written = JSON.stringify([id, key, kind, source, phase, settles, reverses, actor, reason, at.getTime(), lines]);
  return createHash("sha256").update(previous).update("\n").update(written).digest("hex");
}

/** What stands before the first posting. */
export const FIRST_HASH = "0".repeat(64);
