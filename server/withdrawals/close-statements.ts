import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { withdrawalStatements as statements } from "../../drizzle/schema/withdrawals.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transitionAll } from "../kernel/machine.ts";
import { type closableStatementsInput, type dismissStatementsInput, MOST_CLOSED } from "./input.ts";
import { statementsMatching } from "./statement-list.ts";
import { statementMachine } from "./statement-status.ts";

/** What would be closed: which ones, how many of the chosen would not, and whether there is more than one press closes. */
export type ClosableStatements = { readonly ids: string[]; readonly skipped: number; readonly more: boolean };

/**
 * Which of the chosen statements, or of what the filter shows, can be closed together: those that no order was found for, the oldest first,
 * 200 at most. What is about an order is looked at by itself.
 */
export async function closableStatements(
  tx: Tx,
  input: z.output<typeof closableStatementsInput>,
): Promise<ClosableStatements> {
  const chosen = "ids" in input ? [...new Set(input.ids)] : null;
  const rows = await tx
    .select({ id: statements.id })
    .from(statements)
    .where(
      and(
        eq(statements.status, "unmatched"),
        "ids" in input ? inArray(statements.id, input.ids) : statementsMatching(input),
      ),
    )
    .orderBy(asc(statements.receivedAt), asc(statements.id))
    .limit(MOST_CLOSED + 1);
  const ids = rows.slice(0, MOST_CLOSED).map(({ id }) => id);
  return { ids, skipped: chosen ? chosen.length - ids.length : 0, more: rows.length > MOST_CLOSED };
}

/**
 * Staff close many statements that no order was found for, for one reason; mailed to those who wrote them only where `letter`. Each is
 * audited by itself. What somebody has dealt with meanwhile, or is about an order, is skipped: pressed twice, each is closed once.
 */
export async function dismissStatements(
  ctx: Ctx,
  { ids, reason, letter }: z.output<typeof dismissStatementsInput>,
): Promise<{ closed: number; skipped: number }> {
  const asked = [...new Set(ids)];
  const closed = await ctx.db.transaction(async (tx) => {
    const { ids: unmatched } = await closableStatements(tx, { ids: asked });
    const alongside = { dismissal: reason, completed_at: tx.scope.now.toISOString() };
    const event = letter ? ("dismissed" as const) : ("set_aside" as const);
    const moved = await transitionAll(tx, statementMachine, { ids: unmatched, event, reason, alongside });
    for (const id of moved) await recordAct(tx, { action: "withdrawals.dismiss_statement", subject: id, reason });
    return moved.length;
  });
  return { closed, skipped: asked.length - closed };
}
