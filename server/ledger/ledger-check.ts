import { ACCOUNT_KINDS } from "./account.ts";
import { FIRST_HASH, growth, type SealedPosting, sealOf } from "./posting.ts";

/** One record of a ledger: as it is read from the database, and as a line of an export. */
export type LedgerRecord =
  | { readonly type: "posting"; readonly seq: number; readonly hash: string; readonly posting: SealedPosting }
  | { readonly type: "unsealed"; readonly posting: SealedPosting }
  | { readonly type: "account"; readonly id: string; readonly kind: string; readonly currency: string }
  | { readonly type: "balance"; readonly accountId: string; readonly posted: number; readonly held: number };

export type LedgerReport = {
  readonly postings: number;
  readonly entries: number;
  readonly sealed: number;
  /** The chain's end: written down elsewhere, it shows later that nothing was cut off. */
  readonly headHash: string;
  /** What is wrong, each naming the row; empty when the books balance. */
  readonly problems: readonly string[];
};

/** So many problems are named one by one. */
const NAMED = 100;
type Balance = { posted: bigint; held: bigint };

/**
 * Goes through a whole ledger once, in order: accounts, sealed postings by their number, the unsealed ones, balances.
 * Checks that every posting sums to zero per currency, that the chain is whole from its first posting to its end, and
 * that every stored balance is what its entries say. Needs nothing but the records.
 */
export class LedgerCheck {
  private readonly problems: string[] = [];
  private readonly accounts = new Map<string, { kind: string; currency: string }>();
  private readonly balances = new Map<string, Balance>();
  private readonly pending = new Map<string, SealedPosting>();
  private found = 0;
  private counts = { postings: 0, entries: 0, sealed: 0 };
  private seq = 0;
  private hash = FIRST_HASH;

  add(record: LedgerRecord): void {
    if (record.type === "account") this.accounts.set(record.id, record);
    else if (record.type === "balance") this.compare(record);
    else {
      if (record.type === "posting") this.follow(record.seq, record.hash, record.posting);
      this.count(record.posting);
    }
  }

  finish(): LedgerReport {
    for (const [accountId, { posted, held }] of this.balances) {
      if (posted !== 0n || held !== 0n)
        this.problem(`account ${accountId}: its entries sum to ${posted} (${held} held), but it has no balance row`);
    }
    const more = this.found - this.problems.length;
    const problems = more > 0 ? [...this.problems, `and ${more} more`] : this.problems;
    return { ...this.counts, headHash: this.hash, problems };
  }

  private follow(seq: number, hash: string, posting: SealedPosting): void {
    if (seq !== this.seq + 1)
      this.problem(
        seq === this.seq + 2 ? `seal ${seq - 1} is missing` : `seals ${this.seq + 1} to ${seq - 1} are missing`,
      );
    else if (sealOf(this.hash, posting) !== hash)
      this.problem(`posting ${posting.id} (seal ${seq}) or one of its entries is not what was sealed`);
    this.seq = seq;
    this.hash = hash;
    this.counts.sealed++;
  }

  private count(posting: SealedPosting): void {
    this.counts.postings++;
    this.counts.entries += posting.entries.length;
    const sums = new Map<string, bigint>();
    for (const { accountId, currency, amount } of posting.entries) {
      sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
      const account = this.accounts.get(accountId);
      if (!account) this.problem(`posting ${posting.id}: there is no account ${accountId}`);
      else if (account.currency !== currency)
        this.problem(`posting ${posting.id}: account ${accountId} is not in ${currency}`);
    }
    for (const [currency, sum] of sums)
      if (sum !== 0n) this.problem(`posting ${posting.id}: its entries in ${currency} sum to ${sum} instead of zero`);
    if (posting.entries.length < 2) this.problem(`posting ${posting.id} has fewer than two entries`);
    if (posting.phase === "pending") this.pending.set(posting.id, posting);
    this.derive(posting);
  }

  private derive(posting: SealedPosting): void {
    for (const { accountId, grows } of this.guardedLines(posting)) {
      const balance = this.balanceOf(accountId);
      if (posting.phase === "posted") balance.posted += grows;
      if (posting.phase === "pending" && grows < 0n) balance.held -= grows;
    }
    if (posting.settles === null) return;
    const settled = this.pending.get(posting.settles);
    if (!settled) this.problem(`posting ${posting.id} settles ${posting.settles}, which is not pending`);
    this.pending.delete(posting.settles);
    for (const { accountId, grows } of settled ? this.guardedLines(settled) : []) {
      if (grows < 0n) this.balanceOf(accountId).held += grows;
    }
  }

  private *guardedLines(posting: SealedPosting) {
    for (const { accountId, amount } of posting.entries) {
      const kind = kindOf(this.accounts.get(accountId)?.kind);
      if (kind?.guarded) yield { accountId, grows: BigInt(growth(kind.side, amount)) };
    }
  }

  private balanceOf(accountId: string): Balance {
    const known = this.balances.get(accountId) ?? { posted: 0n, held: 0n };
    this.balances.set(accountId, known);
    return known;
  }

  private compare({ accountId, posted, held }: { accountId: string; posted: number; held: number }): void {
    const derived = this.balances.get(accountId) ?? { posted: 0n, held: 0n };
    this.balances.delete(accountId);
    if (derived.posted !== BigInt(posted) || derived.held !== BigInt(held))
      this.problem(
        `balance of ${accountId}: ${posted} (${held} held) is stored, its entries say ${derived.posted} (${derived.held} held)`,
      );
    if (posted < held || held < 0) this.problem(`balance of ${accountId}: below zero`);
  }

  private problem(text: string): void {
    this.found++;
    if (this.problems.length < NAMED) this.problems.push(text);
  }
}

function kindOf(kind: string | undefined) {
  return Object.entries(ACCOUNT_KINDS).find(([name]) => name === kind)?.[1];
}
