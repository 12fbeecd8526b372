import { eq } from "drizzle-orm";
import { mediaFiles } from "../../drizzle/schema/catalog.ts";
import type { Ctx } from "../kernel/ctx.ts";

export type MediaFile = typeof mediaFiles.$inferSelect;

/** An uploaded picture with its bytes; null when there is none under this id. */
export async function readMediaFile(ctx: Pick<Ctx, "db">, id: string): Promise<MediaFile | null> {
  const [row] = await ctx.db.transaction((tx) => tx.select().from(mediaFiles).where(eq(mediaFiles.id, id)), {
    readOnly: true,
  });
  return row ?? null;
}
