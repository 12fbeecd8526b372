import type { Ctx } from "../kernel/ctx.ts";
import { streamLedger } from "./stream-ledger.ts";

/**
 * Hands the whole ledger over, a JSON record a line, as of one instant: whoever has it can verify it without the product.
 * It holds ids and amounts, no names.
 */
export async function exportLedger(
  ctx: Pick<Ctx, "db">,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  await ctx.db.transaction(
    async (tx) => {
      async function* lines() {
        for await (const record of streamLedger(tx)) yield `${JSON.stringify(record)}\n`;
      }
      await write(lines());
    },
    { isolation: "repeatable read", readOnly: true },
  );
}
