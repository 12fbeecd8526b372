import { and, asc, count, eq } from "drizzle-orm";
import { savedViews } from "../../drizzle/schema/reporting.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { reportingErrors } from "./errors.ts";

/** A list's filters and order under a name, of one member of staff. */
export type SavedView = { readonly id: string; readonly name: string; readonly query: string };

const MOST = 20;

function ownerOf(actor: Actor): string {
  invariant(actor.kind === "staff", "only staff have views");
  return actor.userId;
}

/** The caller's own views of a list, by name. */
export async function listViews(tx: Tx, list: string): Promise<SavedView[]> {
  return tx
    .select({ id: savedViews.id, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(and(eq(savedViews.userId, ownerOf(tx.scope.actor)), eq(savedViews.list, list)))
    .orderBy(asc(savedViews.name), asc(savedViews.id))
    .limit(MOST);
}

/**
 * Keeps a list's filters and order under a name, for the caller alone. A name that is taken is given the new query, so
 * saving twice changes nothing more. Throws `reporting.too_many_views` beyond twenty of a list.
 */
export async function saveView(ctx: Ctx, view: { list: string; name: string; query: string }): Promise<SavedView> {
  const userId = ownerOf(ctx.actor);
  return ctx.db.transaction(async (tx) => {
    const ofList = and(eq(savedViews.userId, userId), eq(savedViews.list, view.list));
    const [known] = await tx
      .select({ id: savedViews.id })
      .from(savedViews)
      .where(and(ofList, eq(savedViews.name, view.name)));
    const [had] = await tx.select({ views: count() }).from(savedViews).where(ofList);
    if (!known && (had?.views ?? 0) >= MOST) throw reportingErrors.tooManyViews({ most: MOST });
    const [saved] = await tx
      .insert(savedViews)
      .values({ id: newId("vew"), userId, ...view, createdAt: ctx.technical.now() })
      .onConflictDoUpdate({
        target: [savedViews.userId, savedViews.list, savedViews.name],
        set: { query: view.query },
      })
      .returning({ id: savedViews.id, name: savedViews.name, query: savedViews.query });
    invariant(saved, "a view was written");
    return saved;
  });
}

/** Forgets one of the caller's own views. Idempotent: somebody else's, or none, is no error and no change. */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.transaction((tx) =>
    tx.delete(savedViews).where(and(eq(savedViews.id, id), eq(savedViews.userId, ownerOf(ctx.actor)))),
  );
}
