import { and, eq, sql } from "drizzle-orm";
import { ledgerAccounts, ledgerEntries, ledgerPostings } from "../../drizzle/schema/ledger.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { entryListInput } from "./input.ts";

/**
 * The lines of the ledger, of one account or of all, a page at a time, the newest first unless asked otherwise. `grows` is
 * what a line adds to its account, on the account's own side.
 */
export async function listEntries(tx: Tx, input: Asked<typeof entryListInput>) {
  const { id } = ledgerEntries;
  const place = keyset(input, { by: id, id, type: "bigint", direction: input.direction ?? "desc" });
  const matching = and(
    input.account ? eq(ledgerEntries.accountId, input.account) : undefined,
    input.what ? eq(ledgerPostings.kind, input.what) : undefined,
    input.about ? eq(ledgerPostings.source, input.about) : undefined,
    input.phase ? eq(ledgerPostings.phase, input.phase) : undefined,
    withinDays(ledgerPostings.at, input),
  );
  const rows = await tx
    .select({
      id: ledgerEntries.id,
      accountId: ledgerEntries.accountId,
      currency: ledgerEntries.currency,
      amount: ledgerEntries.amount,
      grows:
        sql<string>`case ${ledgerAccounts.side} when 'debit' then ${ledgerEntries.amount} else -${ledgerEntries.amount} end`.mapWith(
          Number,
        ),
      postingId: ledgerPostings.id,
      kind: ledgerPostings.kind,
      source: ledgerPostings.source,
      phase: ledgerPostings.phase,
      at: ledgerPostings.at,
      cursorAt: place.cursorAt,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const from = sql`from ${ledgerEntries} join ${ledgerPostings} on ${ledgerPostings.id} = ${ledgerEntries.postingId}
    where ${matching ?? sql`true`}`;
  const total = input.counted ? await countUpTo(tx, from) : null;
  return { ...place.page(rows.map((row) => ({ ...row, id: String(row.id) }))), total };
}
