import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { customers, users } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { newId } from "../kernel/id.ts";

export type Guest = { readonly email: string; readonly name: string | null; readonly locale: "sv" | "en" };

/**
 * The customer of somebody who bought without signing in: the account's, where a user has proven this address, else the
 * guest's, made at the first purchase and found again at the next. Service role, in the purchase's transaction. Idempotent
 * by address; purchases and claims of one address wait for each other, so none falls between them.
 */
export async function findOrCreateGuestCustomer(tx: Tx, guest: Guest): Promise<{ customerId: string; guest: boolean }> {
  const emailNormalized = normalizeEmail(guest.email);
  await lockAddress(tx, emailNormalized);
  const [owner] = await tx
    .select({ id: customers.id })
    .from(customers)
    .innerJoin(users, eq(users.id, customers.userId))
    .where(and(eq(users.emailNormalized, emailNormalized), isNotNull(users.emailVerifiedAt), isNull(users.disabledAt)));
  if (owner) return { customerId: owner.id, guest: false };

  const [known] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(eq(customers.emailNormalized, emailNormalized), isNull(customers.userId), isNull(customers.mergedIntoId)),
    );
  if (known) return { customerId: known.id, guest: true };

  const customerId = newId("cus");
  const { email, name, locale } = guest;
  await tx
    .insert(customers)
    .values({ id: customerId, email: email.trim(), emailNormalized, name, locale, createdAt: tx.scope.now });
  return { customerId, guest: true };
}

/** One purchase or claim of an address at a time, until the transaction ends. */
export async function lockAddress(tx: Tx, emailNormalized: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`customer:${emailNormalized}`}, 0))`);
}
