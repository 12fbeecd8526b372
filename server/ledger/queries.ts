import { and, asc, count, desc, eq, inArray, or, sql } from "drizzle-orm";
import {
  ledgerAccounts,
  ledgerBalances,
  ledgerEntries,
  ledgerPostings,
  ledgerSeals,
  ledgerVerifications,
} from "../../drizzle/schema/ledger.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { ACCOUNT_KINDS } from "./account.ts";
import { ledgerErrors } from "./errors.ts";
import type { accountListInput } from "./input.ts";

/** What an account holds on its own side: the sum of what was posted to it, pending postings left out. */
const balance = sql<string>`coalesce((
  select sum(case when ${ledgerAccounts.side} = 'debit' then e.amount else -e.amount end)
  from ledger_entries e join ledger_postings p on p.id = e.posting_id and p.phase = 'posted'
  where e.account_id = ${ledgerAccounts.id}), 0)`.mapWith(Number);

const account = {
  id: ledgerAccounts.id,
  kind: ledgerAccounts.kind,
  currency: ledgerAccounts.currency,
  side: ledgerAccounts.side,
  ownerId: ledgerAccounts.ownerId,
  balance,
  held: sql<string>`coalesce(${ledgerBalances.held}, 0)`.mapWith(Number),
};

/** The accounts with what they hold, in the order of their ids. */
export async function listAccounts(tx: Tx, input: Asked<typeof accountListInput>) {
  const { id, kind, ownerId } = ledgerAccounts;
  const place = keyset(input, { by: id, id, type: "text", direction: input.direction ?? "asc" });
  const { from, to } = prefixRange(input.q ?? "");
  const matching = and(
    input.kind ? eq(kind, input.kind) : undefined,
    input.q ? or(sql`${id} ~>=~ ${from} and ${id} ~<~ ${to}`, eq(ownerId, input.q)) : undefined,
  );
  const rows = await tx
    .select({ ...account, cursorAt: place.cursorAt })
    .from(ledgerAccounts)
    .leftJoin(ledgerBalances, eq(ledgerBalances.accountId, ledgerAccounts.id))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${ledgerAccounts} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** One account with what it holds; null where nothing was ever posted to it. */
export async function findAccount(tx: Tx, id: string) {
  const [found] = await tx
    .select(account)
    .from(ledgerAccounts)
    .leftJoin(ledgerBalances, eq(ledgerBalances.accountId, ledgerAccounts.id))
    .where(eq(ledgerAccounts.id, id));
  return found ?? null;
}

const OF_CREDITS = ["liability_paid", "liability_promo", "receivable", "revenue", "breakage", "deferred"];

export type KindSum = { readonly kind: string; readonly currency: string; readonly amount: number };

/** What the accounts of each kind that credits are in hold together, on their own side; pending postings left out. */
export async function sumsOfKinds(tx: Tx): Promise<KindSum[]> {
  const { kind, currency, side, guarded } = ledgerAccounts;
  const rows = await tx
    .select({
      kind,
      currency,
      // Guarded accounts know what they hold; the few others are sums.
      amount: sql<string>`coalesce(sum(case when ${guarded} then ${ledgerBalances.posted} else (
        select sum(case when ${side} = 'debit' then e.amount else -e.amount end)
        from ledger_entries e join ledger_postings p on p.id = e.posting_id and p.phase = 'posted'
        where e.account_id = ${ledgerAccounts.id}) end), 0)`.mapWith(Number),
    })
    .from(ledgerAccounts)
    .leftJoin(ledgerBalances, eq(ledgerBalances.accountId, ledgerAccounts.id))
    .where(inArray(kind, OF_CREDITS))
    .groupBy(kind, currency)
    .orderBy(asc(kind), asc(currency));
  return rows;
}

/** A posting with its entries, its seal, and what settles or reverses it. Throws `ledger.not_found`. */
export async function getPosting(tx: Tx, id: string) {
  const [posting] = await tx
    .select({ posting: ledgerPostings, seal: ledgerSeals })
    .from(ledgerPostings)
    .leftJoin(ledgerSeals, eq(ledgerSeals.postingId, ledgerPostings.id))
    .where(eq(ledgerPostings.id, id));
  if (!posting) throw ledgerErrors.notFound();
  const entries = await tx
    .select({
      accountId: ledgerEntries.accountId,
      currency: ledgerEntries.currency,
      amount: ledgerEntries.amount,
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.postingId, id))
    .orderBy(asc(ledgerEntries.position));
  const citedBy = await tx
    .select({ id: ledgerPostings.id, reverses: ledgerPostings.reverses, phase: ledgerPostings.phase })
    .from(ledgerPostings)
    .where(or(eq(ledgerPostings.settles, id), eq(ledgerPostings.reverses, id)));
  return { ...posting.posting, seal: posting.seal, entries, citedBy };
}

/** Whether the books balanced when they were last verified, and how much was posted since. */
export async function ledgerStatus(tx: Tx) {
  const [last] = await tx.select().from(ledgerVerifications).orderBy(desc(ledgerVerifications.at)).limit(1);
  const [unsealed] = await tx
    .select({ count: count() })
    .from(ledgerPostings)
    .leftJoin(ledgerSeals, eq(ledgerSeals.postingId, ledgerPostings.id))
    .where(sql`${ledgerSeals.seq} is null`);
  return { last: last ?? null, unsealed: unsealed?.count ?? 0, kinds: Object.keys(ACCOUNT_KINDS) };
}
