import { and, asc, count, desc, eq, or, sql } from "drizzle-orm";
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
import type { accountEntriesInput, accountListInput } from "./input.ts";

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

/** One account with its entries, the newest first. Throws `ledger.not_found`. */
export async function listEntries(tx: Tx, input: Asked<typeof accountEntriesInput> & { readonly accountId: string }) {
  const { accountId } = input;
  const { id } = ledgerEntries;
  const place = keyset(input, { by: id, id, type: "bigint", direction: input.direction ?? "desc" });
  const [found] = await tx
    .select(account)
    .from(ledgerAccounts)
    .leftJoin(ledgerBalances, eq(ledgerBalances.accountId, ledgerAccounts.id))
    .where(eq(ledgerAccounts.id, accountId));
  if (!found) throw ledgerErrors.notFound();
  const rows = await tx
    .select({
      id: ledgerEntries.id,
      amount: ledgerEntries.amount,
      postingId: ledgerPostings.id,
      kind: ledgerPostings.kind,
      source: ledgerPostings.source,
      phase: ledgerPostings.phase,
      at: ledgerPostings.at,
      cursorAt: place.cursorAt,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(and(eq(ledgerEntries.accountId, accountId), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return { account: found, ...place.page(rows.map((row) => ({ ...row, id: String(row.id) }))) };
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
