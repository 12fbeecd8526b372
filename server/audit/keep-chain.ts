import { desc } from "drizzle-orm";
import { auditChecks } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { sealEntries } from "./seal-entries.ts";
import { checkChain } from "./verify-chain.ts";

const HOUR = 3_600_000;

/** Each minute: seals what is new; once an hour it also walks the whole chain. Idempotent. */
export async function keepChain(ctx: Ctx): Promise<void> {
  await sealEntries(ctx);
  const [last] = await ctx.db.transaction((tx) =>
    tx.select({ at: auditChecks.at }).from(auditChecks).orderBy(desc(auditChecks.at)).limit(1),
  );
  if (!last || ctx.technical.now().getTime() - last.at.getTime() >= HOUR) await checkChain(ctx);
}
