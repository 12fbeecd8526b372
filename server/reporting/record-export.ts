import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";

/**
 * Notes down that somebody takes a list out of the shop, before its first row leaves: which list, and by which filters.
 * Who may is the procedure's business; which rows is row-level security's, as on the page.
 */
export async function recordExport(ctx: Ctx, of: { list: string; query: string }): Promise<void> {
  await ctx.db.transaction((tx) =>
    recordAct(tx, { action: "list.export", subject: of.list, reason: of.query === "" ? null : of.query }),
  );
}
