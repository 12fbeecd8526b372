import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { customers, users } from "../../drizzle/schema/identity.ts";
import { customerFlags, customerNotes } from "../../drizzle/schema/reporting.ts";
import type { Actor } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { CustomerFlag } from "./customer-flag-status.ts";
import { reportingErrors } from "./errors.ts";

export type CustomerNote = {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly at: Date;
};

const NOTES = 50;

/** The customer and the guests that were claimed into it: what was written about any of them is about this person. */
function samePerson(customerId: string) {
  return sql`(select id from customers where id = ${customerId} or merged_into_id = ${customerId})`;
}

/** What staff wrote about a customer, newest first, at most fifty. */
export async function listNotes(tx: Tx, customerId: string): Promise<CustomerNote[]> {
  return tx
    .select({
      id: customerNotes.id,
      text: customerNotes.text,
      author: sql<string>`coalesce(${users.name}, ${users.email})`,
      at: customerNotes.at,
    })
    .from(customerNotes)
    .innerJoin(users, eq(users.id, customerNotes.authorId))
    .where(inArray(customerNotes.aboutId, samePerson(customerId)))
    .orderBy(desc(customerNotes.at), desc(customerNotes.id))
    .limit(NOTES);
}

export async function listFlags(tx: Tx, customerId: string): Promise<CustomerFlag[]> {
  const rows = await tx
    .selectDistinct({ flag: customerFlags.flag })
    .from(customerFlags)
    .where(inArray(customerFlags.aboutId, samePerson(customerId)))
    .orderBy(customerFlags.flag);
  return rows.map((row) => row.flag);
}

/**
 * Writes a note about a customer. Append-only: what was written stays, under its author's name. A second submission of the
 * same form (the same `key`) writes nothing more. Throws `customers.not_found`.
 */
export async function addNote(ctx: Ctx, note: { customerId: string; text: string; key: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await mustExist(tx, note.customerId);
    await tx
      .insert(customerNotes)
      .values({
        id: `not_${note.key}`,
        aboutId: note.customerId,
        authorId: authorOf(ctx.actor),
        text: note.text,
        at: ctx.now(),
      })
      .onConflictDoNothing({ target: customerNotes.id });
  });
}

/** A key for one note, put into its form: see {@link addNote}. */
export function noteKey(): string {
  return newId("key").slice("key_".length);
}

/** Marks a customer with a flag, or takes it away. Idempotent; a change is audited. Throws `customers.not_found`. */
export async function setFlag(
  ctx: Ctx,
  change: { customerId: string; flag: CustomerFlag; on: boolean },
): Promise<void> {
  const { customerId, flag, on } = change;
  await ctx.db.transaction(async (tx) => {
    await mustExist(tx, customerId);
    const changed = on
      ? await tx
          .insert(customerFlags)
          .values({ aboutId: customerId, flag, setBy: authorOf(ctx.actor), setAt: ctx.now() })
          .onConflictDoNothing()
          .returning({ flag: customerFlags.flag })
      : await tx
          .delete(customerFlags)
          .where(and(eq(customerFlags.flag, flag), inArray(customerFlags.aboutId, samePerson(customerId))))
          .returning({ flag: customerFlags.flag });
    if (changed.length === 0) return;
    await recordAct(tx, { action: on ? "customer.flag" : "customer.unflag", subject: customerId, reason: flag });
  });
}

async function mustExist(tx: Tx, customerId: string): Promise<void> {
  const [row] = await tx.select({ id: customers.id }).from(customers).where(eq(customers.id, customerId));
  if (!row) throw reportingErrors.customerNotFound();
}

function authorOf(actor: Actor): string {
  invariant(actor.kind === "staff", "only staff write about customers");
  return actor.userId;
}
